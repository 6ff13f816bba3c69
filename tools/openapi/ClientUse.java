// SPDX-License-Identifier: Apache-2.0
package generated;

import generated.api.*;
import generated.model.*;
import java.util.List;
import java.util.Map;

/**
 * Performs operations of a host with the client that openapi-generator makes, and prints one line for each: {@code ClientUse URL TOKEN
 * NAME}. NAME distinguishes what this client creates from what other clients create on the same host.
 */
public final class ClientUse {

    private static final String CRON = "0 2 * * *";

    private final ApiClient client;
    private final JobsApi jobs;
    private final String me;

    private ClientUse(ApiClient client, String me) {
        this.client = client;
        this.me = me;
        jobs = new JobsApi(client);
    }

    public static void main(String[] arguments) throws ApiException {
        ApiClient client = new ApiClient();
        client.updateBaseUri(arguments[0]);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + arguments[1]));
        ClientUse use = new ClientUse(client, arguments[2]);
        String id = use.submits();
        use.reads(id);
        use.changes(id);
        use.bulks();
        use.queues();
        use.schedules();
        use.reports();
        use.users();
    }

    private static void tell(String operation, Object shown) {
        System.out.println(operation + " " + shown);
    }

    private static Specification job() {
        return new Specification().type("echo").payload(Map.of("text", "hi"));
    }

    private String submits() throws ApiException {
        tell("previewJob", jobs.previewJob(job(), null).getValid());
        Submission submitted = jobs.submitJob(job().notBefore("1h").group(me).labels(Map.of("by", me)), null, null);
        tell("submitJob", submitted.getStatus() + " " + submitted.getDuplicate());
        tell("submitJobs", jobs.submitJobs(new SubmitJobsBody().jobs(List.of(job(), job())), null, null).getIds().size());
        return submitted.getId();
    }

    private void reads(String id) throws ApiException {
        Job job = jobs.getJob(id, null, null, null, null);
        tell("getJob", job.getStatus() + " " + job.getLabels().get("by"));
        tell("explainJob", jobs.explainJob(id, null).getStatus());
        tell("getHistory", jobs.getHistory(id, null).getEvents().size());
        tell("getGraph", jobs.getGraph(id, null, null).getJobs().size());
        tell("listSteps", jobs.listSteps(id, null).getSteps().size());
        tell("getLog", jobs.getLog(id, null).getLines().size());
        tell("getStream", jobs.getStream(id, null, null, null).getPieces().size());
        tell("listJobs", jobs.listJobs(null, null, null, null, null, null, null, null, null, null, me, null, null, null, null).getJobs().get(0).getGroup());
        tell("listReadyJobs", jobs.listReadyJobs(null, null, null, null, null, null, null, null, null, null, me, null, null).getJobs().size());
        tell("countJobs", jobs.countJobs(null, null, null, null, null, null, null, null, null, null, me, null).getTotal());
        Group group = new GroupsApi(client).getGroup(me, null, null);
        tell("getGroup", group.getGroup() + " " + group.getTotal());
        try {
            jobs.getJob("00000000-0000-0000-0000-000000000000", null, null, null, null);
        } catch (ApiException e) {
            tell("unknown", e.getCode() + (e.getResponseBody().contains("\"not_found\"") ? " not_found" : ""));
        }
    }

    private void changes(String id) throws ApiException {
        tell("changeJob", jobs.changeJob(id, null, null, null, new ChangeJobBody().priority(2)).getPriority());
        tell("pauseJob", jobs.pauseJob(id, null, null, null, new PauseJobBody().reason("later")).getJobs().get(0).getStatus());
        tell("resumeJob", jobs.resumeJob(id, null, null, null).getJobs().get(0).getStatus());
        tell("signalJob", jobs.signalJob(id, "go", null, null, new SignalJobBody().value(7)).getJobs().size());
        tell("runJobNow", jobs.runJobNow(id, null, null, null).getErrors().size());
        tell("awaited", jobs.getJob(id, "60s", null, null, null).getStatus());
        tell("getResult", "{\"text\":\"" + jobs.getResult(id, null).getResult().get("text") + "\"}");
        Submission copy = jobs.cloneJob(id, null, null, new CloneJobBody().notBefore("1h"));
        tell("cloneJob", copy.getStatus());
        tell("cancelJob", jobs.cancelJob(copy.getId(), null, null, null).getJobs().get(0).getStatus());
        tell("retryJob", jobs.retryJob(copy.getId(), null, null, null, null).getJobs().size());
    }

    private void bulks() throws ApiException {
        BulkApi bulks = new BulkApi(client);
        Map<String, Object> nothing = Map.of("type", "nothing");
        tell("previewBulk", bulks.previewBulk(new PreviewBulkBody().action(PreviewBulkBody.ActionEnum.CANCEL).filter(nothing), null).getJobs());
        Bulk begun = bulks.beginBulk(new BeginBulkBody().action(BeginBulkBody.ActionEnum.CANCEL).filter(nothing), null, null);
        tell("beginBulk", begun.getAction());
        tell("getBulk", bulks.getBulk(String.valueOf(begun.getNumber()), null).getRefused());
        tell("listBulks", !bulks.listBulks(null, null).getBulks().isEmpty());
    }

    private void queues() throws ApiException {
        LimitsApi limits = new LimitsApi(client);
        QueuesApi queues = new QueuesApi(client);
        PausesApi pauses = new PausesApi(client);
        Map<String, String> settings = Map.of("running.max", "2");
        tell("setLimit", limits.setLimit(me, new SetLimitBody().settings(settings), null, null).getKind());
        tell("listLimits", limits.listLimits(null).getLimits().stream().anyMatch(limit -> limit.getName().equals(me)));
        tell("setQueue", queues.setQueue(me, new SetQueueBody().settings(settings), null, null).getKind());
        tell("listQueues", queues.listQueues(null).getQueues().stream().anyMatch(queue -> queue.getName().equals(me)));
        tell("pauseQueue", me.equals(queues.pauseQueue(me, null, null, new PauseQueueBody()).getName()));
        tell("resumeQueue", me.equals(queues.resumeQueue(me, null, null).getName()));
        tell("pauseJobs", pauses.pauseJobs(new PauseJobsBody().target("type:nothing").until("2h"), null, null).getKind());
        tell("resumeJobs", pauses.resumeJobs("type:nothing", null, null).getKind());
        tell("removeLimit", limits.removeLimit(me, null, null).getKind());
        tell("removeQueue", queues.removeQueue(me, null, null).getKind());
    }

    private void schedules() throws ApiException {
        SchedulesApi schedules = new SchedulesApi(client);
        Map<String, Object> job = Map.of("type", "echo", "payload", Map.of("text", "hi"));
        tell("previewNewSchedule", schedules.previewNewSchedule(new PreviewNewScheduleBody().name(me).cron(CRON).job(job).limit(3), null).getFires().size());
        tell("addSchedule", schedules.addSchedule(new AddScheduleBody().name(me).cron(CRON).job(job), null, null).getCron());
        tell("listSchedules", schedules.listSchedules(null).getSchedules().size());
        tell("getSchedule", schedules.getSchedule(me, null).getZone());
        tell("changeSchedule", schedules.changeSchedule(me, null, null, new ChangeScheduleBody().zone("Europe/Berlin")).getZone());
        tell("previewSchedule", schedules.previewSchedule(me, 2, null).getFires().size());
        PreviewScheduleChangeBody change = new PreviewScheduleChangeBody().every(new AddScheduleBodyEvery("1d")).limit(2);
        tell("previewScheduleChange", schedules.previewScheduleChange(me, null, change).getFires().size());
        tell("pauseSchedule", schedules.pauseSchedule(me, null, null, new PauseScheduleBody().until("2h")).getState());
        tell("resumeSchedule", schedules.resumeSchedule(me, null, null).getState());
        tell("runSchedule", schedules.runSchedule(me, null, null).getId().length());
        tell("backfillSchedule", schedules.backfillSchedule(me, new BackfillScheduleBody().from("3d"), null, null).getTimes());
        tell("removeSchedule", schedules.removeSchedule(me, null, null).getState());
    }

    private void reports() throws ApiException {
        TypesApi types = new TypesApi(client);
        tell("listHandlers", new HandlersApi(client).listHandlers(null).getHandlers().stream().anyMatch(handler -> handler.getType().equals("echo")));
        tell("listTypes", types.listTypes(null).getTypes().stream().anyMatch(type -> type.getType().equals("echo") && type.getSubmittable()));
        tell("getType", types.getType("echo", null).getHandlers().size());
        tell("getUsage", !new UsageApi(client).getUsage("type", null, "1d", null, null, null, null, null, null).getZone().isEmpty());
        tell("getStatistics", new StatisticsApi(client).getStatistics(null).getByStatus().get("completed") > 0);
        tell("listSamples", new SamplesApi(client).listSamples("minute", "1d", null, null, null, null).getStep());
        tell("listHosts", new HostsApi(client).listHosts(null).getHosts().size());
        tell("listCanaries", new CanariesApi(client).listCanaries(null).getCanaries().size());
        tell("askDoctor", new DoctorApi(client).askDoctor(null).getFindings() != null);
        tell("readAudit", new AuditApi(client).readAudit(null, null, null, 5, null).getEntries().size());
        tell("proveAudit", new AuditApi(client).proveAudit(null).getValid());
    }

    private void users() throws ApiException {
        UsersApi users = new UsersApi(client);
        TokensApi tokens = new TokensApi(client);
        tell("getMe", new MeApi(client).getMe(null).getKind());
        tell("addUser", me.equals(users.addUser(new AddUserBody().name(me).password("correct horse battery"), null).getName()));
        tell("listUsers", users.listUsers(null).getUsers().stream().anyMatch(user -> user.getName().equals(me)));
        CreateTokenBody first = new CreateTokenBody().name("first").user(me).permissions(List.of("view"));
        tell("createToken", String.join(",", tokens.createToken(first, null).getToken().getPermissions()));
        tell("listTokens", tokens.listTokens(me, null).getTokens().size());
        tell("revokeToken", tokens.revokeToken(me, "first", null, null).getName());
        tell("listSessions", new SessionsApi(client).listSessions(null).getSessions().size());
        tell("disableUser", users.disableUser(me, null, null).getDisabledAt() == null);
        tell("enableUser", users.enableUser(me, null, null).getDisabledAt() == null);
    }
}
