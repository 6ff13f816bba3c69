// SPDX-License-Identifier: Apache-2.0
package com.example.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobType;
import io.jobyard.testkit.host.TestHost;
import io.jobyard.testkit.host.TestJob;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Runs the workflow, skips the days of its wait, and kills the host at each commit. */
class ReviewOnJobyardTest {

    private static final JobType<ReviewRequest, ReviewOutcome> REVIEW =
            JobType.of("review", ReviewRequest.class, ReviewOutcome.class);
    private static final ReviewRequest REQUEST =
            new ReviewRequest(URI.create("https://example.org/page"), URI.create("https://example.org/hook"));
    private static final ReviewOutcome APPROVED = new ReviewOutcome("short: a long page", true);

    /** Web, model and webhook of the test. The webhook knows repeated calls by their keys. */
    private static final class Fake implements Outside {

        private final Set<String> called = new TreeSet<>();

        @Override
        public String fetch(URI page) {
            return "a long page";
        }

        @Override
        public String summarize(String text) {
            return "short: " + text;
        }

        @Override
        public int call(URI webhook, String summary, String key) {
            called.add(key + ": " + summary);
            return 200;
        }
    }

    private final Fake outside = new Fake();
    private TestHost host = TestHost.with(new ReviewOnJobyard(outside));

    private TestJob approveAfterSixDays() {
        TestJob job = host.submit(REVIEW, REQUEST).awaitWaiting();
        host.advance(Duration.ofDays(6));
        return job.signal("approved", true).await();
    }

    private List<String> commits() {
        approveAfterSixDays();
        List<String> commits = List.copyOf(host.commits());
        host.close();
        return commits;
    }

    @Test
    void theWebhookIsCalledOnceWhereverTheHostDies() {
        int commits = commits().size();
        List<String> died = new ArrayList<>();
        for (int commit = 1; commit <= commits; commit++) {
            for (boolean before : new boolean[] {true, false}) {
                outside.called.clear();
                host = TestHost.with(new ReviewOnJobyard(outside));
                TestHost dying = before ? host.diesBefore(commit) : host.diesAfter(commit);
                TestJob job = approveAfterSixDays();

                assertThat(dying.deaths()).isEqualTo(1);
                assertThat(job.result(ReviewOutcome.class)).isEqualTo(APPROVED);
                assertThat(outside.called).containsExactly(job.job().id() + " call: short: a long page");
                died.add(host.commits().get(commit - 1));
                host.close();
            }
        }
        assertThat(died).contains("step 'fetch'", "step 'summarize'", "step 'call'");
    }

    @Test
    void withoutAnApprovalInSevenDaysNothingIsCalled() {
        TestJob job = host.submit(REVIEW, REQUEST).awaitWaiting();
        host.advance(Duration.ofDays(7));

        assertThat(job.await().result(ReviewOutcome.class)).isEqualTo(new ReviewOutcome("short: a long page", false));
        assertThat(outside.called).isEmpty();
        host.close();
    }
}
