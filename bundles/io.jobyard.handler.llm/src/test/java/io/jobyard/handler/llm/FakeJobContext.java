// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.handler.JobContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run without a host. */
public final class FakeJobContext implements JobContext {

    final List<String> progress = new ArrayList<>();
    private final Map<String, Object> payload;

    public FakeJobContext(Map<String, Object> payload) {
        this.payload = payload;
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
        throw new UnsupportedOperationException();
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
        return 1;
    }

    @Override
    public Map<JobId, Map<String, Object>> dependencyResults() {
        return Map.of();
    }

    @Override
    public void progress(long done, long total, String text) {
        progress.add(done + "/" + total + " " + text);
    }

    @Override
    public void log(String text) {}

    @Override
    public void used(String unit, double amount) {}

    @Override
    public boolean cancelled() {
        return false;
    }
}
