"""Planning: pages without a map get one (组版)."""

from .planner import Plan, plan_issue

__all__ = ["Plan", "plan_issue"]
