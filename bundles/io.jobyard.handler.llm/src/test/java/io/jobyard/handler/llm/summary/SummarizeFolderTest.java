// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.JobStep;
import io.jobyard.api.ValidationException;
import io.jobyard.handler.llm.chat.ModelFixture;
import io.jobyard.handler.llm.folders.Folders;
import io.jobyard.modelserver.ModelScript;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.Turn;
import io.jobyard.testkit.host.TestHost;
import io.jobyard.testkit.host.TestJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummarizeFolderTest {

    @RegisterExtension
    final SummaryFixture summaries = new SummaryFixture();

    @TempDir
    Path dir;

    @BeforeEach
    void allow() throws IOException {
        dir = dir.toRealPath();
        summaries.folders = new Folders(Map.of("folders", dir.toString()));
    }

    private Map<String, Object> payload() {
        return Map.of("folder", dir.toString(), "model", "m", "parallelism", 1);
    }

    @Test
    void summarizesTheTextFilesAndSaysWhatIsLeftOut() throws Exception {
        Files.writeString(dir.resolve("b.txt"), "It snows. Still.");
        Files.writeString(dir.resolve("a.md"), "It rains. Still.");
        Files.writeString(dir.resolve("c.log"), "Nothing.");
        Files.write(dir.resolve("d.txt"), new byte[] {(byte) 0xff});
        summaries.models.endpoint("a", ModelScript.summary());
        try (TestHost host = summaries.host()) {
            TestJob job = host.submit(payload()).await();

            assertThat(job.result())
                    .containsEntry("summary", "a.md: It rains. b.txt: It snows.")
                    .containsEntry("skipped", List.of("d.txt: it is not UTF-8"));
            assertThat(job.steps())
                    .extracting(JobStep::name)
                    .containsExactly("files", "summarize 1.1", "summarize 2.1", "combine all.1.1");
        }
    }

    @Test
    void aFileThatChangesBetweenTwoRunsFailsTheJobForGood() throws Exception {
        Path file = Files.writeString(dir.resolve("a.md"), "It rains.");
        ModelServer server = summaries.models.endpoint("a", call -> {
            write(file, "It snows.");
            return Turn.refused(500, "later");
        });
        try (TestHost host = summaries.host()) {
            TestJob job = host.submit(payload()).awaitEnd();

            assertThat(job.error())
                    .isEqualTo(file
                            + " was changed after the job started: submit it again, and do not change the files while"
                            + " it runs");
            assertThat(job.job().state().run().number()).isEqualTo(2);
            assertThat(server.account().charges()).isEmpty();
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFolderThatIsNotAllowedFailsTheJobBeforeAnyCall() {
        summaries.folders = new Folders(Map.of());
        try (TestHost host = summaries.host()) {
            assertThat(host.submit(payload()).await().error())
                    .endsWith("must set folders = " + dir + " in etc/io.jobyard.handler.llm.cfg");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'folder': '/data'} | model is required for summarize_documents jobs",
                "{'model': 'm'} | texts is required for summarize_documents jobs",
                "{'model': 'm', 'folder': '/data', 'texts': [{'name': 'a', 'text': 'b'}]} | payload.texts",
                "{'model': 'm', 'texts': []} | payload.texts",
                "{'model': 'm', 'texts': [{'name': 'a', 'text': 'b'}], 'glob': '*'} | folder is required",
                "{'model': 'm', 'folder': '/data', 'parallelism': 17} | payload.parallelism",
                "{'model': 'm', 'folder': '/data', 'chunk_tokens': 100} | chunk_tokens"
            })
    void refusesAtSubmitWhatCannotBeSummarized(String json, String message) throws Exception {
        @SuppressWarnings("unchecked")
        Map<String, Object> payload = new ObjectMapper().readValue(json.replace('\'', '"'), Map.class);
        try (TestHost host = TestHost.withAsync(
                new SummarizeDocuments(summaries.models.client, ModelFixture.TOKENIZER, summaries.folders))) {
            assertThatThrownBy(() -> host.submit(payload))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining(message);
        }
    }
}
