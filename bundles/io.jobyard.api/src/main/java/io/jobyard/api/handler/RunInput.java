// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** What a run works with. */
@ProviderType
public interface RunInput {

    /**
     * The job at the start of this run.
     *
     * @return a snapshot
     */
    Job job();

    /**
     * What the job is to work on.
     *
     * @return a JSON object, unmodifiable
     */
    Map<String, Object> payload();

    /**
     * The payload as a type of the handler's own, best a record.
     *
     * @return the payload, converted
     * @throws PermanentException if the payload does not fit; says what and where
     */
    <T> T payload(Class<T> type);

    /**
     * Makes a result of a type of the handler's own, best a record: {@code return context.result(new Count(3));}
     *
     * @param value what becomes a JSON object
     * @return its members by name, to be returned by the handler
     * @throws PermanentException if it cannot be written as a JSON object of at most {@code max.result.bytes}
     */
    Map<String, Object> result(Object value);

    /**
     * The number of this run, from 1; never the same twice for one job. {@code id:run} is a key that may be passed on.
     */
    int run();

    /** Which attempt this is, from 1; runs that were given back do not count. */
    int attempt();

    /**
     * The results of the jobs this one depends on. Read from the store at the call.
     *
     * @return by id, in the order of the specification; without those that did not complete
     * @throws io.jobyard.api.StoreException if the store did not answer; let it pass: the job runs again, and no attempt is charged
     */
    Map<JobId, Map<String, Object>> dependencyResults();

    /**
     * A secret of the host's, such as the key of an API: as the host has it when the run first asks for it. A policy ({@code
     * io.jobyard.secrets-NAME}) says who may have it: by the job's type, the handler's bundle and the submitter's roles. From then on all
     * that the run tells is redacted of it, as of secrets of the payload. Keep it no longer than the run.
     *
     * @param name its name: 1 to 100 of the characters {@code A-Z a-z 0-9 . _ -}, no dot first
     * @throws RetryableException if no policy allows it, the host cannot read it, or no bundle gives out secrets: says what to do; the
     *     next attempt is in 30 s
     * @throws IllegalArgumentException if the name is none
     * @throws IllegalStateException if the run is over
     */
    String secret(String name);

    /**
     * Takes the run's secrets out of a text. All that the run tells is redacted anyway; a handler that cuts a text calls this before, since
     * a part of a secret is hard to find.
     *
     * @param text a text of at most 100,000 characters, such as the answer of a server
     * @return the text with references in place of secrets; where it is longer, a text that says so
     * @throws IllegalStateException if the run is over
     */
    String redact(String text);
}
