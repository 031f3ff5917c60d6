from django.urls import path

from exchanges.views import plan_files, plan_making, plan_sending, plan_trust, plans

of_plans = "office/programmes/<slug:slug>/plans/"
of_plan = f"{of_plans}<int:number>/"
urlpatterns = [
    path(of_plans, plans.plan_list, name="plan-list"),
    path(f"{of_plans}new/", plan_making.plan_new, name="plan-new"),
    path(of_plan, plans.plan_detail, name="plan-detail"),
    path(f"{of_plan}cities/", plans.plan_cities, name="plan-cities"),
    path(f"{of_plan}held/", plans.plan_held, name="plan-held"),
    path(f"{of_plan}basis/", plans.plan_basis, name="plan-basis"),
    path(f"{of_plan}plan.csv", plan_files.plan_csv_file, name="plan-csv"),
    path(f"{of_plan}plan.json", plan_files.plan_json_file, name="plan-json"),
    # trust
    path(f"{of_plan}trust/", plan_trust.plan_trust, name="plan-trust"),
    path(f"{of_plan}pair/", plan_trust.plan_pair, name="plan-pair"),
    path(f"{of_plan}pair/fix/", plan_trust.plan_pair_fix, name="plan-pair-fix"),
    path(f"{of_plan}compare/", plan_trust.plan_compare, name="plan-compare"),
    # solving
    path(f"{of_plan}stop/", plan_making.plan_stop, name="plan-stop"),
    path(f"{of_plan}again/", plan_making.plan_again, name="plan-again"),
    path(f"{of_plan}repair/", plan_making.plan_repair, name="plan-repair"),
    # sending
    path(f"{of_plan}send/", plan_sending.plan_send, name="plan-send"),
    path(f"{of_plan}sent/", plan_sending.plan_sent, name="plan-sent"),
]
