// SPDX-License-Identifier: Apache-2.0
package generated;

import generated.api.BulkApi;
import generated.api.HandlersApi;
import generated.api.JobsApi;
import generated.api.SchedulesApi;
import generated.model.BeginBulkBody;
import generated.model.AddScheduleBody;
import generated.model.PreviewBulkBody;
import generated.model.PreviewNewScheduleBody;
import generated.model.Specification;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A program of a user that asks a host by the client that OpenAPI Generator makes. Compiled with that client by a test. */
public final class ClientUse {

    private ClientUse() {}

    /** What the calls returned. */
    public static Map<String, Object> run(String address, String endedJob) throws ApiException {
        ApiClient client = new ApiClient();
        client.updateBaseUri(address);
        Specification job = new Specification().type("echo").payload(Map.of("text", "hi"));
        Map<String, Object> returned = new TreeMap<>();

        JobsApi jobs = new JobsApi(client);
        returned.put("preview", jobs.previewJob(job, null).getValid());
        String id = jobs.submitJob(job, null, null).getId();
        returned.put("id", id);
        returned.put("queued", jobs.getJob(id, null, null, null, null).getStatus());
        returned.put("ready", jobs.listReadyJobs(null, null, List.of("echo"), null, null, null, null, null, null, null, null, 5, null)
                .getJobs().get(0).getId());
        returned.put("completed", jobs.getJob(endedJob, "1s", null, null, null).getStatus());
        returned.put("log", jobs.getLog(endedJob, null).getLines().size());
        returned.put("stream", jobs.getStream(endedJob, null, null, null).getPieces().get(0).getText());
        returned.put("step", jobs.getStepValue(endedJob, "sum/up", null).getValue());
        try {
            jobs.getJob("00000000-0000-0000-0000-000000000000", null, null, null, null);
        } catch (ApiException e) {
            returned.put("unknown", e.getCode());
        }

        BeginBulkBody cancel = new BeginBulkBody().action(BeginBulkBody.ActionEnum.CANCEL).filter(Map.of("type", "nothing"));
        PreviewBulkBody asked = new PreviewBulkBody().action(PreviewBulkBody.ActionEnum.CANCEL).filter(Map.of("type", "nothing"));
        BulkApi bulk = new BulkApi(client);
        returned.put("counted", bulk.previewBulk(asked, null).getJobs());
        returned.put("bulk", bulk.beginBulk(cancel, null, null).getNumber());

        AddScheduleBody nightly = new AddScheduleBody().name("nightly").cron("0 2 * * *").job(
                Map.of("type", "echo", "payload", Map.of("text", "hi")));
        SchedulesApi schedules = new SchedulesApi(client);
        PreviewNewScheduleBody dry = new PreviewNewScheduleBody().name("nightly").cron("0 2 * * *").limit(3).job(
                Map.of("type", "echo", "payload", Map.of("text", "hi")));
        returned.put("times", schedules.previewNewSchedule(dry, null).getFires().size());
        returned.put("schedule", schedules.addSchedule(nightly, null, null).getName());
        returned.put("files", new HandlersApi(client).listHandlers(null).getFiles().size());
        return returned;
    }
}
