// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.StatusReporter;
import io.jobyard.benchmarks.Percentile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Commands that search among the jobs of {@link PopulationCommands}. */
@Component(
        service = SearchCommands.class,
        property = {"osgi.command.scope=bench", "osgi.command.function=searches", "osgi.command.function=errors"})
public final class SearchCommands {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 20;
    private static final int PAGES = 100;

    private final StatusReporter status;

    @Activate
    public SearchCommands(@Reference StatusReporter status) {
        this.status = status;
    }

    /** What a filter took, in milliseconds, 95 of 100 times. */
    private record Searched(String what, long jobs, double first, double hundredth, double count, boolean whole) {}

    private static Map<String, JobFilter> filters() {
        Instant now = Instant.now();
        Map<String, JobFilter> filters = new LinkedHashMap<>();
        filters.put("no filter", JobFilter.ALL);
        filters.put("status completed", JobFilter.ALL.withStatus(JobStatus.COMPLETED));
        filters.put("status failed", JobFilter.ALL.withStatus(JobStatus.FAILED));
        filters.put("reason error", JobFilter.ALL.withReason(Reason.ERROR));
        filters.put("type, frequent", JobFilter.ALL.withType("type0"));
        filters.put("type, rare", JobFilter.ALL.withType("type49"));
        filters.put("type that is not there", JobFilter.ALL.withType("none"));
        filters.put("queue", JobFilter.ALL.withQueue("queue9"));
        filters.put("submitter, frequent", JobFilter.ALL.withSubmitter("user0"));
        filters.put("submitter, rare", JobFilter.ALL.withSubmitter("user999"));
        filters.put("schedule", JobFilter.ALL.withSchedule("nightly"));
        filters.put("label of one in a million", JobFilter.ALL.withLabel("label0", "v77"));
        filters.put("label of one in 1,000", JobFilter.ALL.withLabel("label1", "v77"));
        filters.put("label of one in 10", JobFilter.ALL.withLabel("label2", "v7"));
        filters.put("two labels", JobFilter.ALL.withLabel("label2", "v7").withLabel("label3", "v3"));
        filters.put(
                "status, type and submitter",
                JobFilter.ALL.withStatus(JobStatus.FAILED).withType("type3").withSubmitter("user5"));
        filters.put("the latest hour", JobFilter.ALL.withSince(now.minusSeconds(3_600)));
        filters.put("before five minutes ago", JobFilter.ALL.withUntil(now.minusSeconds(300)));
        return filters;
    }

    /** The first and the hundredth page, and the numbers, of each filter, so many times; a line for each. */
    public String searches(int rounds) throws JsonProcessingException {
        List<Searched> all = new ArrayList<>();
        for (Map.Entry<String, JobFilter> named : filters().entrySet()) {
            JobFilter filter = named.getValue();
            JobQuery first = JobQuery.of(filter, PAGE);
            JobQuery hundredth = hundredth(first);
            all.add(new Searched(
                    named.getKey(),
                    status.facets(filter).total(),
                    most(rounds, () -> status.find(first)),
                    most(rounds, () -> status.find(hundredth)),
                    most(rounds, () -> status.facets(filter)),
                    status.find(first).lookedBackTo() == null
                            && status.facets(filter).coverage().lookedBackTo() == null));
        }
        return JSON.writeValueAsString(all);
    }

    /** How many pages, and how long each, a search takes for a text in errors that none has, among the failed. */
    public String errors() throws JsonProcessingException {
        List<Double> millis = new ArrayList<>();
        JobQuery query = JobQuery.of(JobFilter.ALL.withStatus(JobStatus.FAILED).withError("nowhere"), PAGE);
        while (query != null) {
            long begun = System.nanoTime();
            JobPage page = status.find(query);
            millis.add((System.nanoTime() - begun) / 1e6);
            query = page.next() == null ? null : query.withAfter(page.next());
        }
        return JSON.writeValueAsString(millis);
    }

    private static double most(int rounds, Runnable task) {
        long[] nanos = new long[rounds];
        for (int n = 0; n < rounds; n++) {
            long begun = System.nanoTime();
            task.run();
            nanos[n] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        return Percentile.millis(nanos, 95);
    }

    /** Or the last one, if there are fewer. */
    private JobQuery hundredth(JobQuery first) {
        JobQuery query = first;
        for (int page = 1; page < PAGES; page++) {
            JobPage found = status.find(query);
            if (found.next() == null) {
                return query;
            }
            query = query.withAfter(found.next());
        }
        return query;
    }
}
