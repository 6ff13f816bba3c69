// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.handler.JobContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run without a host. */
final class FakeJobContext implements JobContext {

    final List<String> progress = new ArrayList<>();
    final Map<JobId, Map<String, Object>> dependencyResults = new LinkedHashMap<>();
    private final Map<String, Object> payload;
    private final int attempt;
    final List<String> log = new ArrayList<>();

    FakeJobContext(Map<String, Object> payload) {
        this(payload, 1);
    }

    FakeJobContext(Map<String, Object> payload, int attempt) {
        this.payload = payload;
        this.attempt = attempt;
    }

    @Override
    public Job job() {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
    public void used(String unit, double amount) {}

    @Override
    public boolean cancelled() {
        return false;
    }
}
