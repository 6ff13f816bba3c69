// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompletionTest {

    private FakeJobs jobs;

    @BeforeEach
    void open() {
        jobs = new FakeJobs();
    }

    @Test
    void aLineBeginsWithACommand() {
        assertThat(at("")).contains("submit", "backup", "help").hasSize(AdminSocket.COMMANDS);
        assertThat(at("job:su")).contains("job:submit").allMatch(name -> name.startsWith("job:"));
        assertThat(at("submit echo {} ; ")).contains("show");
        assertThat(at("help ")).contains("submit");
    }

    @Test
    void aTypeFollowsSubmit() {
        assertThat(at("submit ")).containsExactly("echo", "unknown_to_all");
        assertThat(at("job:submit --priority 2 ")).containsExactly("echo", "unknown_to_all");
        assertThat(at("list --type ")).containsExactly("echo", "unknown_to_all");
        assertThat(at("submit echo ")).isEmpty();
    }

    @Test
    void theEndOfARecentIdFollowsCommandsThatTakeOne() {
        jobs.submit(JobSpecification.type("echo").payload(Map.of()).build());
        jobs.submit(JobSpecification.type("bad").payload(Map.of()).build());
        for (String line : List.of("show ", "cancel 77 ", "submit --depends ", "await --json ", "log 0")) {
            assertThat(at(line)).as(line).containsExactly("00000001", "00000002");
        }
        assertThat(at("show 00000001 ")).isEmpty();
        assertThat(jobs.query.limit()).isLessThanOrEqualTo(20);
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
        List<Candidate> candidates = new ArrayList<>();
        ParsedLine parsed = TerminalSession.parser().parse(line, line.length(), ParseContext.COMPLETE);
        new Completion(jobs).complete(null, parsed, candidates);
        return candidates;
    }
}
