// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A place for an answer from outside, as from a provider that works on a batch or calls a webhook. Whoever has its token may give the
 * answer, once, also before anybody waits for it.
 */
@ProviderType
public interface Callback {

    /**
     * What the other side gets, to give its answer with: by {@code job:callback} or {@code JobManager.completeCallback}.
     *
     * @return the token, the same in every run; keep it as secret as the answer is important
     */
    String token();

    /**
     * Waits for the answer without a worker: ends this run if it is not there, and is called again in the next.
     *
     * @param <T> what the answer is read as
     * @return the answer; empty if the time is over
     * @throws CallbackFailedException if the other side said that it failed
     * @throws PermanentException if the answer does not fit the type, or is null
     */
    <T> Optional<T> await(Class<T> type);
}
