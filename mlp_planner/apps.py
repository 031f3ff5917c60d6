from django.apps import AppConfig
from django.core.checks import Tags, register


class PlannerConfig(AppConfig):
    name = "mlp_planner"
    verbose_name = "MLP Planner"

    def ready(self) -> None:
        from mlp_planner import session_limits
        from mlp_planner.checks import production_is_complete
        from mlp_planner.user_sessions import keep_no_keys

        keep_no_keys()
        session_limits.connect()
        register(production_is_complete, Tags.security, deploy=True)
