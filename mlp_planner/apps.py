from django.apps import AppConfig


class PlannerConfig(AppConfig):
    name = "mlp_planner"
    verbose_name = "MLP Planner"

    def ready(self) -> None:
        from mlp_planner import session_limits
        from mlp_planner.user_sessions import keep_no_keys

        keep_no_keys()
        session_limits.connect()
