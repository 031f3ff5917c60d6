from django.urls import path

from exchanges.plans.views import asking, files, pairs, reading, sending, trust

app_name = "plans"
of_programme = "office/programmes/<slug:slug>/"
of_plans = f"{of_programme}plans/"
of_plan = f"{of_plans}<int:number>/"
urlpatterns = [
    path(of_plans, reading.plan_list, name="plan-list"),
    path(f"{of_plans}new/", asking.plan_new, name="plan-new"),
    path(of_plan, reading.plan_detail, name="plan-detail"),
    path(f"{of_plan}cities/", reading.plan_cities, name="plan-cities"),
    path(f"{of_plan}held/", reading.plan_held, name="plan-held"),
    path(f"{of_plan}basis/", reading.plan_basis, name="plan-basis"),
    path(f"{of_plan}plan.<table:kind>", files.plan_table_file, name="plan-table"),
    path(f"{of_plan}plan.json", files.plan_json_file, name="plan-json"),
    # trust
    path(f"{of_plan}trust/", trust.plan_trust, name="plan-trust"),
    path(f"{of_plan}pair/", trust.plan_pair, name="plan-pair"),
    path(f"{of_plan}pair/fix/", trust.plan_pair_fix, name="plan-pair-fix"),
    path(f"{of_plan}compare/", trust.plan_compare, name="plan-compare"),
    # solving
    path(f"{of_plan}stop/", asking.plan_stop, name="plan-stop"),
    path(f"{of_plan}again/", asking.plan_again, name="plan-again"),
    path(f"{of_plan}repair/", asking.plan_repair, name="plan-repair"),
    # pairs
    path(f"{of_programme}pairs/", pairs.pair_list, name="pair-list"),
    path(f"{of_programme}pairs/add/", pairs.pair_add, name="pair-add"),
    path(f"{of_programme}pairs/<int:pk>/remove/", pairs.pair_remove, name="pair-remove"),
    # sending
    path(f"{of_plan}send/", sending.plan_send, name="plan-send"),
    path(f"{of_plan}sent/", sending.plan_sent, name="plan-sent"),
]
