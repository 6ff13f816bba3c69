// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.itests.HostProcess.Outcome;
import io.jobyard.itests.rogue.Rogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** What others write: neither the terminal nor the log is theirs, and their numbers stay what they are. */
@Category(Storm.class)
public class ForeignTextIT {

    private static final String FORGED = "2030-01-01T00:00:00.000Z INFO  [main] i.j.Host all is well";
    private static final String NASTY = "x\r\n" + FORGED + "\u001b[2J\u009b31m\u0085\u2028\u202egnol\u200b\ufeff";
    private static final String SHOWN =
            "x\\r\\n" + FORGED + "\\u001b[2J\\u009b31m\\u0085\\u2028\\u202egnol\\u200b\\ufeff";
    private static final Pattern PLAINLY_SEEN = Pattern.compile("([^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]*+\n)*+");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Rule
    public final HostProcess host = new HostProcess();

    @Before
    public void start() throws Exception {
        Path deploy = Files.createDirectories(host.instance().resolve("deploy"));
        HandlerJar.write(deploy.resolve("rogue.jar"), Rogue.class, "com.acme.rogue", "1.0.0");
        host.start();
    }

    @Test
    public void isSeenAsItIsInTerminalAndLog() throws Exception {
        Path batch = host.instance().resolve("batch.jsonl");
        Map<String, Object> job = Map.of(
                "type",
                "rogue",
                "payload",
                Map.of("how", NASTY),
                "maxRetries",
                0,
                "key",
                "k\u202ey",
                "labels",
                Map.of("a", "b\u2066\u200dc"));
        Files.writeString(batch, JSON.writeValueAsString(job) + "\n");
        String id = host.json("job:submit --batch " + batch).at("/ids/0").asText();
        assertThat(host.jobyard("shell", "job:await " + id).exit()).isEqualTo(1);

        for (String command : List.of("show", "result", "log", "history", "explain", "await")) {
            Outcome text = host.jobyard("shell", "job:" + command + " " + id);
            assertThat(text.out() + text.err()).as(command).matches(PLAINLY_SEEN);
            Outcome json = host.jobyard("shell", "job:" + command + " " + id + " --json");
            assertThat(json.out()).as(command).matches(PLAINLY_SEEN);
        }
        for (String command : List.of("list", "list --json", "export --what jobs", "export --what history")) {
            assertThat(host.jobyard("shell", "job:" + command).out())
                    .as(command)
                    .matches(PLAINLY_SEEN);
        }
        assertThat(host.jobyard("shell", "job:log " + id).out()).contains("  " + SHOWN + "\n");
        assertThat(host.jobyard("shell", "job:result " + id).out())
                .contains("IllegalArgumentException: " + SHOWN + " (Rogue.java:");
        assertThat(host.jobyard("shell", "job:show " + id).out()).contains("k\\u202ey", "a=b\\u2066\\u200dc");
        JsonNode shown = host.json("job:show " + id);
        assertThat(shown.at("/payload/how").asText()).isEqualTo(NASTY);
        assertThat(shown.at("/labels/a").asText()).isEqualTo("b\u2066\u200dc");
        assertThat(host.jobyard("shell", "job:show 'x\u009b2J\u202e'").err()).matches(PLAINLY_SEEN);

        host.stop();
        String log = host.log();
        assertThat(log).contains("(rogue) failed in its last attempt: IllegalArgumentException: " + SHOWN);
        assertThat(log.replace("\t", "")).matches(PLAINLY_SEEN);
        assertThat(log.lines())
                .noneMatch(line -> line.startsWith(FORGED))
                .allMatch(line -> line.startsWith("\t") || line.matches("20..-..-..T..:..:.*"))
                .anyMatch(line -> line.startsWith("\t\tat " + Rogue.class.getName()));
        String console = Files.readString(host.instance().resolve("data/log/console.log"));
        assertThat(console).contains(SHOWN).matches(PLAINLY_SEEN);
    }

    @Test
    public void keepsItsNumbersOrIsRefusedByName() throws Exception {
        assertThat(host.json("job:submit echo {\"a\":1.10,\"b\":1e2,\"c\":" + "7".repeat(100) + "} --await")
                        .get("result"))
                .hasToString("{\"a\":1.1,\"b\":100.0,\"c\":" + "7".repeat(100) + "}");
        refuses("{\"a\":[1e400]}", "the payload /a/0: 1e400 is larger than a number can be: pass it as text");
        refuses("{\"a\":NaN}", "the payload /a: NaN is not a JSON number: pass it as text, or omit it");
        refuses("{\"a\":0.12345678901234567890}", "would become 0.12345678901234568: pass it as text");
        refuses("{\"a\":" + "7".repeat(100_000) + "}", "… has 100000 digits, more than 1000: pass it as text");
        refuses(
                "{} --estimate tokens=1e400",
                "--estimate tokens cannot be kept: 1E+400 is larger than a number can be");

        JsonNode ended = JSON.readTree(host.jobyard("shell", "job:submit rogue {\"how\":\"no number\"} --await --json")
                .out());
        assertThat(ended.get("status").asText()).isEqualTo("failed");
        assertThat(ended.get("attempt").asInt()).isEqualTo(1);
        assertThat(ended.get("error").asText())
                .isEqualTo(
                        "the result is not valid at /scores/1: NaN is not a JSON number: pass it as text, or omit it");
    }

    private void refuses(String rest, String fault) throws Exception {
        Outcome outcome = host.jobyard("shell", "job:submit echo " + rest);
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains(fault).hasLineCount(1);
    }
}
