// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.junit.Rule;
import org.junit.Test;

/** Roles of a whole host, as its shell goes by them. */
public class RolesIT {

    private static final String ROLE = "io.jobyard.roles-reports";

    @Rule
    public final HostProcess host = new HostProcess();

    @Test
    public void aUserMayDoWhatItsRolesAllowAndNoMore() throws Exception {
        host.configure(ROLE, "members = user:ann", "permissions = submit, view, cancel", "priority.best = 3");
        host.run();
        String secret = host.json("job:submit echo {}").get("id").asText();
        String own =
                host.json("job:submit echo {} --priority 1 --as ann").get("id").asText();

        JsonNode listed = host.json("job:list --as ann").get("jobs");
        assertThat(StreamSupport.stream(listed.spliterator(), false)
                        .map(job -> job.get("id").asText()))
                .containsExactly(own);
        assertThat(host.json("job:show " + own).get("priority").asInt()).isEqualTo(3);
        assertThat(host.json("job:history " + own).at("/events/0/why").asText())
                .isEqualTo("priority 3 instead of 1: the best that the roles of user ann allow");
        assertThat(refusal("job:show " + secret + " --as ann")).contains("permission view:all is missing");
        assertThat(refusal("job:retry " + own + " --as ann")).contains("permission retry is missing");
        assertThat(refusal("job:check --as ann")).contains("permission admin is missing");
        assertThat(refusal("job:submit echo {} --as bob")).contains("user bob may not submit jobs");

        host.configure(ROLE, "members = user:ann", "permissions = submit, view:all");
        await().atMost(TIMEOUT)
                .untilAsserted(() ->
                        assertThat(host.json("job:list --as ann").get("jobs")).hasSize(2));
        JsonNode shown = host.json("job:show " + secret + " --as ann");
        assertThat(shown.get("hidden").asBoolean()).isTrue();
        assertThat(shown.get("payload").isNull()).isTrue();
        assertThat(host.json("job:show " + own + " --as ann").at("/payload").isObject())
                .isTrue();
        assertThat(refusal("job:clone " + secret + " --as ann")).contains("permission payload is missing");
    }

    @Test
    public void whatWasDoneAndRefusedStandsInTheAuditAlsoAfterAKill() throws Exception {
        host.run();
        String id = host.json("job:submit sleep {\"millis\":3600000} --after 1h")
                .get("id")
                .asText();
        host.json("job:cancel " + id);
        assertThat(refusal("job:retry " + id + " --as bob")).contains("user bob may not retry job");
        host.configure("io.jobyard.queue", "aging.seconds = 61");
        await().atMost(TIMEOUT)
                .untilAsserted(
                        () -> assertThat(host.json("job:audit").get("entries").findValuesAsText("action"))
                                .containsExactly("begin", "cancel", "refused", "configure"));
        host.kill();
        host.run();

        JsonNode refused = host.json("job:audit --action refused --who bob").at("/entries/0");
        assertThat(refused.get("who").asText()).startsWith("user bob, by administrator ");
        assertThat(refused.get("detail").asText()).isEqualTo("retry, without retry:all");
        assertThat(host.json("job:audit --verify").get("valid").asBoolean()).isTrue();
    }

    @Test
    public void whatAUserMayHaveAndNameGoesForRetriesAndChangesToo() throws Exception {
        host.configure(
                ROLE,
                "members = user:ann",
                "permissions = submit, view, cancel, retry",
                "queued.max = 2",
                "queues = bulk-*");
        host.run();
        String first = submit("--after 1h --as ann");
        host.json("job:cancel " + first + " --as ann");
        submit("--after 1h --as ann");
        submit("--after 1h --queue bulk-1 --as ann");

        assertThat(host.json("job:retry " + first + " --as ann")
                        .at("/error/message")
                        .asText())
                .startsWith("queued.max of ann: 2 of 2 wait or are queued, 1 more are too many");
        assertThat(host.json("job:history " + first).get("events").findValuesAsText("who"))
                .hasSize(2)
                .allMatch(who -> who.startsWith("ann, by administrator "));
        assertThat(refusal("job:submit echo {} --queue urgent --as ann"))
                .startsWith("user ann may not name queue urgent: queues of its roles are bulk-*");
        assertThat(refusal("job:change " + submitted + " --queue urgent --as ann"))
                .startsWith("user ann may not name queue urgent");
        assertThat(host.json("job:submit echo {} --as jobyard")
                        .at("/error/message")
                        .asText())
                .startsWith("user 'jobyard' is refused");
    }

    private String submitted;

    private String submit(String options) throws Exception {
        submitted = host.json("job:submit echo {} " + options).get("id").asText();
        return submitted;
    }

    private String refusal(String command) throws Exception {
        JsonNode error = host.json(command).get("error");
        assertThat(error.get("code").asText()).isEqualTo("access");
        return error.get("message").asText();
    }
}
