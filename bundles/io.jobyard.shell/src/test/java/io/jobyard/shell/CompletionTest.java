// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {

    @TempDir
    Path directory;

    private FakeJobs jobs;

    @BeforeEach
    void open() {
        jobs = new FakeJobs();
    }

    @Test
    void aLineBeginsWithACommand() {
        assertThat(at("")).contains("submit", "backup", "help").hasSize(50);
        assertThat(at("job:su")).contains("job:submit").allMatch(name -> name.startsWith("job:"));
        assertThat(at("submit echo {} ; ")).contains("show");
        assertThat(at("help ")).contains("submit");
    }

    @Test
    void aTypeFollowsSubmit() {
        assertThat(at("submit ")).containsExactly("echo", "unknown_to_all", "words");
        assertThat(at("job:submit --priority 2 ")).containsExactly("echo", "unknown_to_all", "words");
        assertThat(at("list --type ")).containsExactly("echo", "unknown_to_all", "words");
        assertThat(at("submit echo ")).isEmpty();
    }

    @Test
    void theEndOfARecentIdFollowsCommandsThatTakeOne() {
        jobs.submit(JobSpecification.type("echo").payload(Map.of()).build());
        jobs.submit(JobSpecification.type("bad").payload(Map.of()).build());
        for (String line : List.of("show ", "explain 7", "submit --depends ", "await --json ", "log 0")) {
            assertThat(at(line)).as(line).containsExactly("00000001", "00000002");
        }
        assertThat(at("show 00000001 ")).isEmpty();
        assertThat(at("submit --depends=00000002,"))
                .containsExactly("--depends=00000002,00000001", "--depends=00000002,00000002");
        assertThat(candidates("show ").get(1).descr()).isEqualTo("bad, failed: host lost");
    }

    @Test
    void optionsAreOfferedOnceAndTheirValuesOnlyWhereTheyAreKnown() {
        assertThat(at("show 1 -")).containsExactlyInAnyOrder("--json", "--help", "--as");
        assertThat(at("show --json --")).containsExactly("--help", "--as");
        assertThat(at("submit echo --key ")).isEmpty();
        assertThat(at("nothing -")).isEmpty();
    }

    @Test
    void onlyJobsAreOfferedWithWhichTheCommandCanDoSomething() {
        for (String type : List.of("echo", "bad", "slow")) {
            jobs.submit(JobSpecification.type(type).payload(Map.of()).build());
        }
        assertThat(at("cancel ")).containsExactly("00000003");
        assertThat(at("cancel 77 ")).containsExactly("00000003");
        assertThat(at("signal ")).containsExactly("00000003");
        assertThat(at("retry --with-dependents ")).containsExactly("00000002");
        assertThat(at("change ")).isEmpty();
        assertThat(at("await ")).hasSize(3);
    }

    @Test
    void valuesOfOptionsAreOffered() {
        jobs.submit(JobSpecification.type("echo")
                .payload(Map.of())
                .label("team", "red")
                .label("odd", "a b")
                .build());
        assertThat(at("list --status "))
                .containsExactly("waiting", "queued", "running", "completed", "failed", "cancelled");
        assertThat(at("list --status=")).contains("--status=failed");
        assertThat(at("list --label ")).containsExactly("team=red");
        assertThat(at("list --submitter ")).contains("s1", "s30");
        assertThat(at("list --as ")).containsExactly("ann", "bob");
        assertThat(at("submit echo {} --limits ")).containsExactly("openai");
        assertThat(at("submit echo {} --slots ")).containsExactly("openai=");
        assertThat(at("limit ")).containsExactly("set", "remove");
        assertThat(at("queue set ")).containsExactly("llm");
        assertThat(at("submit echo {} --limits a,")).containsExactly("a,openai");
        assertThat(at("submit echo {} --estimate ")).containsExactly("requests=", "tokens=", "usd=");
        assertThat(at("submit echo {} --if-dependency-fails ")).containsExactly("fail", "cancel", "run");
        assertThat(at("submit echo {} --timeout ")).isEmpty();
        assertThat(at("export --what ")).containsExactly("jobs", "history", "audit");
        assertThat(at("audit --action ")).contains("configure", "refused");
        assertThat(at("pause ")).containsExactly("default", "llm");
        assertThat(at("config ")).containsExactly("io.jobyard.roles-operators", "io.jobyard.worker");
        assertThat(at("release ")).containsExactly("com.acme.words");
    }

    @Test
    void filesAreThoseOfTheSession() throws IOException {
        Files.createDirectories(directory.resolve("jobs/old"));
        for (String file : List.of("a.json", ".hidden", "with space", "jobs/b.jsonl")) {
            Files.writeString(directory.resolve(file), "");
        }
        assertThat(at("submit echo --file ")).containsExactlyInAnyOrder("a.json", "jobs/");
        assertThat(at("submit --batch jobs/")).containsExactlyInAnyOrder("jobs/b.jsonl", "jobs/old/");
        assertThat(at("submit echo --file=jobs/")).containsExactlyInAnyOrder("--file=jobs/b.jsonl", "--file=jobs/old/");
        assertThat(at("submit --batch .h")).containsExactly(".hidden");
        assertThat(at("backup ")).containsExactly("jobs/");
        assertThat(at("backup nowhere/")).isEmpty();
        assertThat(candidates("backup ").get(0).complete()).isFalse();
    }

    @Test
    void aStoreThatDoesNotAnswerOffersNothing() {
        jobs = new FakeJobs() {
            @Override
            public synchronized JobPage find(JobQuery wanted) {
                throw new StoreException("the database is away", null);
            }
        };
        assertThat(at("show ")).isEmpty();
    }

    private List<String> at(String line) {
        return candidates(line).stream().map(Candidate::value).toList();
    }

    private List<Candidate> candidates(String line) {
        ParsedLine parsed = TerminalSession.parser().parse(line, line.length(), ParseContext.COMPLETE);
        return new Completion(new CompletionValues(jobs, new FakeConfigurations()), new TestShell(directory).host)
                .candidates(parsed, directory);
    }
}
