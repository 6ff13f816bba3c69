// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.client.JobRequest;
import io.jobyard.client.JobyardClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "submit",
        sortOptions = false,
        description =
                "Submit a job. It is stored once the command has printed its id; if the network fails meanwhile, no second one is.",
        customSynopsis = {
            "jobyard submit TYPE (JSON | --file F | --file -) [OPTIONS]",
            "       jobyard submit --batch FILE.jsonl [--await] [--json]"
        })
final class RemoteSubmitCommand extends RemoteCommand {

    @Mixin
    final RemoteSubmitOptions options = new RemoteSubmitOptions();

    @Override
    int answer(JobyardClient client, RemoteScreen screen) throws IOException {
        if (options.batch != null) {
            return batch(client, screen);
        }
        Map<String, Object> job = options.specification(screen);
        if (options.dryRun) {
            JsonNode preview = client.post(JOBS + "/preview", job);
            print(preview, screen, answer -> preview(answer, screen));
            return preview.path("valid").asBoolean() ? 0 : 1;
        }
        JsonNode stored = client.submit(JobRequest.of(job)).json();
        String id = RemoteText.text(stored, "id");
        if (json && options.await) {
            return new RemoteEnd(client, screen).json(id, null);
        }
        print(stored, screen, answer -> submitted(answer, screen));
        return options.await ? new RemoteEnd(client, screen).lines(id, null) : 0;
    }

    private static void submitted(JsonNode answer, RemoteScreen screen) {
        String note = answer.path("replaced").asBoolean()
                ? ": the job that had the key is now this one"
                : answer.path("duplicate").asBoolean() ? ": this job has the key already, nothing new was stored" : "";
        screen.line(RemoteText.text(answer, "id") + " " + RemoteText.text(answer, "status") + note);
        answer.path("warnings").forEach(warning -> screen.error(warning.asText()));
    }

    private static void preview(JsonNode answer, RemoteScreen screen) {
        if (!answer.path("valid").asBoolean()) {
            screen.line("it would be refused:");
            answer.path("errors").forEach(error -> screen.line("  " + error.asText()));
            return;
        } else if (answer.hasNonNull("duplicateOf") && !answer.path("replaces").asBoolean()) {
            screen.line("nothing would be stored: job " + RemoteText.text(answer, "duplicateOf") + " has the key");
            return;
        }
        JsonNode job = answer.path("job");
        screen.line("it would be stored as " + RemoteText.text(job, "status") + ", in queue "
                + RemoteText.text(job, "queue") + " with priority " + RemoteText.text(job, "priority"));
        RemoteText.blockers(answer).forEach(screen::line);
    }

    private int batch(JobyardClient client, RemoteScreen screen) throws IOException {
        List<String> ids = client.submitAll(options.lines(screen));
        RemoteEnd end = new RemoteEnd(client, screen);
        String range = ids.size() == 1 ? "" : " to " + ids.get(ids.size() - 1);
        if (!json) {
            screen.line(RemoteText.count(ids.size(), "job") + ": " + ids.get(0) + range);
        }
        long completed = options.await ? ids.stream().filter(end::completes).count() : ids.size();
        if (json) {
            screen.json(MAPPER.valueToTree(Map.of("ids", ids)));
        } else if (options.await) {
            screen.line(completed + " completed"
                    + (completed == ids.size() ? "" : "; list --status failed shows what failed"));
        }
        return completed == ids.size() ? 0 : 1;
    }
}
