from django.apps import AppConfig


class PlannerConfig(AppConfig):
    name = "mlp_planner"
    verbose_name = "MLP Planner"
