// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Input of a run. */
@ProviderType
public interface RunInput {

    /** {@return a snapshot of the job at the start of this run} */
    Job job();

    /** {@return the payload of the job, an unmodifiable JSON object} */
    Map<String, Object> payload();

    /**
     * Converts the payload to a class of the handler, preferably a record.
     *
     * @return the payload, converted
     * @throws PermanentException if the payload does not match the class; the message names the location
     */
    default <T> T payload(Class<T> type) {
        return payload(TypeOf.of(type));
    }

    /**
     * Converts the payload like {@link #payload(Class)} to a generic type, for example a map of records.
     *
     * @param <T> type of the payload
     * @param type the type, as {@code new TypeOf<Map<String, Finding>>() {}}
     */
    <T> T payload(TypeOf<T> type);

    /**
     * Converts an object, preferably a record, to a result: {@code return context.result(new Count(3));}
     *
     * @param value object to convert to a JSON object
     * @return the members of the JSON object by name, for the handler to return
     * @throws PermanentException if the value cannot be written as a JSON object of at most {@code max.result.bytes}
     */
    Map<String, Object> result(Object value);

    /** Returns the number of this run, from 1; unique in the job. {@code id:run} is an idempotency key for other systems. */
    int run();

    /** Returns the number of this attempt, from 1; requeued runs do not count. */
    int attempt();

    /**
     * Returns the results of the job's dependencies. Each call reads them from the store.
     *
     * @return results by job ID, in the order of the specification, without dependencies that did not complete
     * @throws io.jobyard.api.StoreException if the store did not answer; do not catch it: the job runs again, and the attempt does not
     * count
     */
    Map<JobId, Map<String, Object>> dependencyResults();

    /**
     * Returns the results of the job's dependencies like {@link #dependencyResults()}, as objects of one class.
     *
     * @param <T> class of each result
     * @param type class of each result, preferably a record
     * @return results by job ID, in the order of the specification, without dependencies that did not complete
     * @throws PermanentException if a result does not match the class; the message names the job and the location
     */
    default <T> Map<JobId, T> dependencyResults(Class<T> type) {
        return dependencyResults(TypeOf.of(type));
    }

    /**
     * Returns the results of the job's dependencies like {@link #dependencyResults(Class)}, as values of a generic type.
     *
     * @param <T> type of each result
     * @param type the type, as {@code new TypeOf<Map<String, Finding>>() {}}
     */
    <T> Map<JobId, T> dependencyResults(TypeOf<T> type);

    /**
     * Returns a secret of the host, for example an API key, with its value at the run's first request. A policy ({@code
     * io.jobyard.secrets-NAME}) allows it by the job's type, the handler's bundle and the submitter's roles. From then on, the secret is
     * redacted in all output of the run, like secrets of the payload. Keep it no longer than the run.
     *
     * @param name name of the secret: 1 to 100 of the characters {@code A-Z a-z 0-9 . _ -}, not beginning with a dot
     * @throws RetryableException if no policy allows the secret, the host cannot read it, or no bundle provides secrets; the message
     * contains the fix, and the next attempt is in 30 s
     * @throws IllegalArgumentException if the name is invalid
     * @throws IllegalStateException if the run has ended
     */
    String secret(String name);

    /**
     * Removes the run's secrets from a text. The host redacts all output of the run. A handler that shortens a text calls this
     * method first, because the host cannot recognize a part of a secret.
     *
     * @param text a text of at most 100,000 characters, for example the answer of a server
     * @return the text with references in place of secrets; a notice if it is longer
     * @throws IllegalStateException if the run has ended
     */
    String redact(String text);
}
