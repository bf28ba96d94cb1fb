"""Planning: pages without a map get one (组版)."""

from .planner import Plan, plan_issue
from .replanning import earlier_plan, replan
from .shortfalls import pages_without_content
from .yaml import plan_yaml, read_plan

__all__ = ["Plan", "earlier_plan", "pages_without_content", "plan_issue", "plan_yaml", "read_plan", "replan"]
