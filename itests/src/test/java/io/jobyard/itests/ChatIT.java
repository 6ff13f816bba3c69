// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.modelserver.Charge;
import io.jobyard.modelserver.Fault;
import io.jobyard.modelserver.ModelScript;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

/** The types that call models, in the program itself: its bundles, a secret with a policy, streams, usage and the doctor. */
public class ChatIT {

    private static final String ASK =
            "job:submit chat_completion '{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"plum and cherry\"}]}' --await";

    @Rule
    public final HostProcess host = new HostProcess();

    private ModelServer server;
    private ModelServer other;

    @After
    public void end() {
        server.close();
        other.close();
    }

    @Test
    public void callsModelsSettlesWhatTheyCostAndTellsNobodyMore() throws Exception {
        other = ModelHost.server(ModelScript.answering(prompt -> "{\"total\": 7}"));
        server = ModelHost.server(
                ModelScript.of(Turn.text("one two three").with(new Fault.Cut(2)), Turn.text("a pear of answers")));
        ModelHost.configure(host, server, "anthropic");
        host.run();
        JsonNode job = host.json(ASK);

        assertThat(job.at("/result/text").asText()).isEqualTo("a pear of answers");
        assertThat(job.at("/attempt").asInt()).isEqualTo(2);
        String id = job.get("id").asText();
        assertThat(host.jobyard("shell", "job:stream " + id).out()).contains("a pear of answers");
        assertThat(host.json("job:log " + id).toString()).contains("charged for an incomplete answer");
        assertThat(host.json("job:show " + id).at("/steps/0/name").asText()).isEqualTo("call 1");
        Charge charge = server.account().total(all -> true);
        assertThat(ModelHost.used(host, "tokens.input")).isEqualTo(charge.inputTokens());
        assertThat(ModelHost.used(host, "tokens.output")).isEqualTo(charge.outputTokens());

        for (String told : List.of("job:audit", "job:stats", "job:history " + id)) {
            assertThat(host.json(told).toString()).as(told).doesNotContain("pear", "plum", ModelHost.KEY);
        }
        fitsJsonAndEmbedsTexts();
        theDoctorTellsOfAnEndpointThatIsRefused();
        host.stop();
        assertThat(filesWith("log", "pear", "plum", ModelHost.KEY)).isEmpty();
        assertThat(filesWith("", ModelHost.KEY)).isEmpty();
    }

    private void fitsJsonAndEmbedsTexts() throws Exception {
        ModelHost.configure(host, other, "openai");
        await().atMost(HostProcess.TIMEOUT).until(() -> host.log().contains("wire = openai"));
        String wants = ASK.replace(
                "{\"model\"", "{\"responseSchema\":{\"type\":\"object\",\"required\":[\"total\"]},\"model\"");
        assertThat(host.json(wants).at("/result/json/total").asInt()).isEqualTo(7);
        JsonNode embedded = host.json(
                "job:submit embed_texts '{\"model\":\"m\",\"texts\":[\"one\",\"two\",\"three\"],\"batch\":2}' --await");
        assertThat(embedded.at("/result/embeddings")).hasSize(3);
        assertThat(embedded.at("/result/embeddings/0")).hasSize(16);
    }

    private void theDoctorTellsOfAnEndpointThatIsRefused() throws Exception {
        host.configure("io.jobyard.llm.endpoints-here", "url = http://example.org/v1", "wire = openai", "models = m");
        await().atMost(HostProcess.TIMEOUT)
                .until(() -> host.json("job:doctor")
                        .toString()
                        .contains("use https; http is allowed only for this machine"));
        assertThat(host.json(ASK).at("/result/text").asText())
                .as("by the last good one")
                .isEqualTo("{\"total\": 7}");
    }

    /** Below {@code data/}, but for the database, which has what jobs are given and give. */
    private Stream<Path> filesWith(String directory, String... texts) throws IOException {
        try (Stream<Path> files = Files.walk(host.instance().resolve("data").resolve(directory))) {
            return files.filter(Files::isRegularFile).filter(file -> contains(file, texts)).toList().stream();
        }
    }

    private static boolean contains(Path file, String... texts) {
        try {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            return Stream.of(texts).anyMatch(content::contains);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
