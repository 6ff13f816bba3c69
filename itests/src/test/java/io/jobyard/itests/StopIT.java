// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;

/** What becomes of running jobs when their host is told to stop. */
public class StopIT {

    @Rule
    public final HostProcess host = new HostProcess();

    @Test
    public void aRunningJobIsGivenBackUnchargedAndCompletesAfterTheNextStart() throws Exception {
        host.configure("io.jobyard.worker", "drain.timeout.seconds = 0");
        HandlerJar.writeGated(host);
        Path gate = host.instance().resolve("gate");
        host.run();
        String id = host.json("job:submit gated {\"gate\":\"" + gate + "\"}")
                .get("id")
                .asText();
        await().atMost(TIMEOUT)
                .until(() -> host.json("job:show " + id).get("status").asText().equals("running"));
        assertThat(host.process().orElseThrow().destroy()).isTrue();
        host.awaitEnd();
        host.run();
        Files.createFile(gate);
        JsonNode job = host.json("job:await " + id + " " + TIMEOUT.toSeconds());
        assertThat(job.get("status").asText()).isEqualTo("completed");
        assertThat(job.get("run").asInt()).isEqualTo(2);
        assertThat(job.get("attempt").asInt()).isEqualTo(1);
        assertThat(host.json("job:history " + id).findValuesAsText("reason")).contains("interrupted");
    }
}
