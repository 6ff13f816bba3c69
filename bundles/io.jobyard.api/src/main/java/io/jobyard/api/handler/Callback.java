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
     * Token with which the other side gives its answer: by {@code job:callback} or {@code JobManager.completeCallback}.
     *
     * @return the token, the same in every run; keep it as secret as the answer is important
     */
    String token();

    /**
     * Waits for the answer without a worker: ends this run if the answer is missing, and is called again in the next.
     *
     * @param <T> class of the answer
     * @return the answer; empty after the timeout
     * @throws CallbackFailedException if the other side reported a failure
     * @throws PermanentException if the answer does not match the class, or is null
     */
    <T> Optional<T> await(Class<T> type);
}
