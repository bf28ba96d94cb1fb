"""Planning: pages without a map get one (组版)."""

from .planner import Plan, plan_issue
from .replanning import earlier_plan, replan
from .yaml import plan_yaml, read_plan

__all__ = ["Plan", "earlier_plan", "plan_issue", "plan_yaml", "read_plan", "replan"]
