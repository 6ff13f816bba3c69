// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Roles of a whole host, as its shell goes by them. */
public class RolesIT {

    private static final String ROLE = "io.jobyard.roles-reports";
    private static final String BULK = "io.jobyard.roles-bulk";

    @ClassRule
    public static final HostProcess HOST = new HostProcess().withExamples();

    @BeforeClass
    public static void start() throws Exception {
        HOST.configure(ROLE, "members = user:ann", "permissions = submit, view, cancel", "priority.best = 3");
        HOST.configure(
                BULK,
                "members = user:cat",
                "permissions = submit, view, cancel, retry",
                "queued.max = 2",
                "queues = bulk-*");
        HOST.run();
    }

    @Test
    public void aUserMayDoWhatItsRolesAllowAndNoMore() throws Exception {
        String secret =
                HOST.json("job:submit echo {} --label of=roles").get("id").asText();
        String own = HOST.json("job:submit echo {} --label of=roles --priority 1 --as ann")
                .get("id")
                .asText();

        JsonNode listed = HOST.json("job:list --label of=roles --as ann").get("jobs");
        assertThat(StreamSupport.stream(listed.spliterator(), false)
                        .map(job -> job.get("id").asText()))
                .containsExactly(own);
        assertThat(HOST.json("job:show " + own).get("priority").asInt()).isEqualTo(3);
        assertThat(HOST.json("job:history " + own).at("/events/0/why").asText())
                .isEqualTo("priority 3 instead of 1: the best that the roles of user ann allow");
        assertThat(refusal("job:show " + secret + " --as ann")).contains("missing permission view:all");
        assertThat(refusal("job:retry " + own + " --as ann")).contains("missing permission retry");
        assertThat(refusal("job:check --as ann")).contains("missing permission admin");
        assertThat(refusal("job:submit echo {} --as bob")).contains("user bob may not submit jobs");

        HOST.configure(ROLE, "members = user:ann", "permissions = submit, view:all");
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(
                                HOST.json("job:list --label of=roles --as ann").get("jobs"))
                        .hasSize(2));
        JsonNode shown = HOST.json("job:show " + secret + " --as ann");
        assertThat(shown.get("hidden").asBoolean()).isTrue();
        assertThat(shown.get("payload").isNull()).isTrue();
        assertThat(HOST.json("job:show " + own + " --as ann").at("/payload").isObject())
                .isTrue();
        assertThat(refusal("job:clone " + secret + " --as ann")).contains("missing permission payload");
    }

    @Test
    public void whatWasDoneAndRefusedStandsInTheAuditAlsoAfterAKill() throws Exception {
        int before = actions().size();
        String id = HOST.json("job:submit sleep {\"millis\":3600000} --after 1h")
                .get("id")
                .asText();
        HOST.json("job:cancel " + id);
        assertThat(refusal("job:retry " + id + " --as dan")).contains("user dan may not retry job");
        HOST.configure("io.jobyard.queue", "aging.seconds = 61");
        await().atMost(TIMEOUT)
                .untilAsserted(() ->
                        assertThat(actions().stream().skip(before)).containsExactly("cancel", "refused", "configure"));
        HOST.kill();
        HOST.run();

        JsonNode refused = HOST.json("job:audit --action refused --who dan").at("/entries/0");
        assertThat(refused.get("who").asText()).startsWith("user dan, by administrator ");
        assertThat(refused.get("detail").asText()).isEqualTo("retry, without retry:all");
        assertThat(HOST.json("job:audit --verify").get("valid").asBoolean()).isTrue();
    }

    @Test
    public void whatAUserMayHaveAndNameGoesForRetriesAndChangesToo() throws Exception {
        String first = submit("--after 1h --as cat");
        HOST.json("job:cancel " + first + " --as cat");
        submit("--after 1h --as cat");
        submit("--after 1h --queue bulk-1 --as cat");

        assertThat(HOST.json("job:retry " + first + " --as cat")
                        .at("/error/message")
                        .asText())
                .startsWith("queued.max of cat: 2 of 2 jobs wait or are queued, 1 more exceed it");
        assertThat(HOST.json("job:history " + first).get("events").findValuesAsText("who"))
                .hasSize(2)
                .allMatch(who -> who.startsWith("cat, by administrator "));
        assertThat(refusal("job:submit echo {} --queue urgent --as cat"))
                .startsWith("user cat may not use queue urgent; the queues of its roles are bulk-*");
        assertThat(refusal("job:change " + submitted + " --queue urgent --as cat"))
                .startsWith("user cat may not use queue urgent");
        assertThat(HOST.json("job:submit echo {} --as jobyard")
                        .at("/error/message")
                        .asText())
                .startsWith("invalid user 'jobyard'");
    }

    /** But for the file that another test changes, of which the audit may tell a moment later. */
    private static List<String> actions() throws Exception {
        return StreamSupport.stream(
                        HOST.json("job:audit --limit 1000").get("entries").spliterator(), false)
                .filter(entry -> !entry.get("target").asText().equals(ROLE))
                .map(entry -> entry.get("action").asText())
                .toList();
    }

    private String submitted;

    private String submit(String options) throws Exception {
        submitted = HOST.json("job:submit echo {} " + options).get("id").asText();
        return submitted;
    }

    private String refusal(String command) throws Exception {
        JsonNode error = HOST.json(command).get("error");
        assertThat(error.get("code").asText()).isEqualTo("access");
        return error.get("message").asText() + "; " + error.get("fix").asText();
    }
}
