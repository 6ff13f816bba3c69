// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Receiver of an external answer, for example from a provider that processes a batch or calls a webhook. Anyone with its token can give the
 * answer, once, even before the job waits for it.
 */
@ProviderType
public interface Callback {

    /**
     * Returns the token with which a caller answers, by {@code job:callback} or {@code JobManager.completeCallback}.
     *
     * @return token, the same in every run; anyone who knows it can answer, so keep it secret
     */
    String token();

    /**
     * Waits for the answer without a worker. If the answer is missing, this method ends the run; the next run calls it again and gets the
     * answer.
     *
     * @param <T> class of the answer
     * @return the answer; empty after the timeout
     * @throws CallbackFailedException if the caller reported a failure
     * @throws PermanentException if the answer does not match the class, or is null
     */
    default <T> Optional<T> await(Class<T> type) {
        return await(TypeOf.of(type));
    }

    /**
     * Waits like {@link #await(Class)} for an answer of a generic type, for example a list of records.
     *
     * @param <T> type of the answer
     * @param type the type, as {@code new TypeOf<List<Finding>>() {}}
     * @return the answer; empty after the timeout
     */
    <T> Optional<T> await(TypeOf<T> type);
}
