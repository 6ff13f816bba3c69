// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.IdempotencyKeyException;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.Submission;
import io.jobyard.spi.JobManagers;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.store.IdempotentSubmission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Remembers each request by its key, as long as the test lasts. */
final class FakeOnce implements IdempotentSubmission {

    private record Kept(String fingerprint, List<Submission> answers) {}

    private final JobManagers managers;
    private final Map<String, Kept> requests = new HashMap<>();
    private final Map<String, String> fingerprints = new HashMap<>();
    private final Map<String, String> answered = new HashMap<>();

    FakeOnce(JobManagers managers) {
        this.managers = managers;
    }

    @Override
    public synchronized List<Submission> submit(
            Caller caller, String key, String fingerprint, List<JobSpecification> specifications) {
        String name = caller.name() + " " + key;
        Kept kept = requests.get(name);
        if (kept == null) {
            kept = new Kept(fingerprint, managers.of(caller).submitAll(specifications));
            requests.put(name, kept);
        } else if (!kept.fingerprint().equals(fingerprint)) {
            throw new IdempotencyKeyException("the key is that of another request");
        }
        return kept.answers();
    }

    @Override
    public synchronized String answer(Caller caller, String key, String fingerprint, Supplier<String> call) {
        String name = caller.name() + " " + key;
        String known = fingerprints.get(name);
        if (known != null && !known.equals(fingerprint)) {
            throw new IdempotencyKeyException("the key is that of another request");
        }
        String answer = known == null ? call.get() : answered.get(name);
        fingerprints.put(name, fingerprint);
        answered.put(name, answer);
        return answer;
    }
}
