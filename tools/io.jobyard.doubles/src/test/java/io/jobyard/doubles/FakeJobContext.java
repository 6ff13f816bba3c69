// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.handler.JobContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run without a host, its first attempt if a test does not say otherwise. */
public final class FakeJobContext implements JobContext {

    public int attempt = 1;
    public boolean cancelled;
    /** Null until a test has set it. */
    public @Nullable Job job;

    public final Map<JobId, Map<String, Object>> dependencyResults = new LinkedHashMap<>();
    /** Each such as {@code 1/2 half}. */
    public final List<String> progress = new ArrayList<>();

    public final List<String> log = new ArrayList<>();
    /** Each such as {@code tokens 2.0}. */
    public final List<String> used = new ArrayList<>();

    private final Map<String, Object> payload;

    public FakeJobContext(Map<String, Object> payload) {
        this.payload = payload;
    }

    public FakeJobContext(Map<String, Object> payload, int attempt) {
        this.payload = payload;
        this.attempt = attempt;
    }

    @Override
    public Job job() {
        if (job == null) {
            throw new Unexpected("JobContext.job", "set job");
        }
        return job;
    }

    @Override
    public Map<String, Object> payload() {
        return payload;
    }

    @Override
    public <T> T payload(Class<T> type) {
        return new ObjectMapper().convertValue(payload, type);
    }

    @Override
    public Map<String, Object> result(Object value) {
        throw new Unexpected("JobContext.result", "this double makes no results of records");
    }

    @Override
    public int run() {
        return 1;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public Map<JobId, Map<String, Object>> dependencyResults() {
        return dependencyResults;
    }

    @Override
    public void progress(long done, long total, String text) {
        progress.add(done + "/" + total + " " + text);
    }

    @Override
    public void log(String text) {
        log.add(text);
    }

    @Override
    public void used(String unit, double amount) {
        used.add(unit + " " + amount);
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }
}
