// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Stands around each run of every handler: for tracing, tenancy, redaction. Register it as a service; of several the one
 * with the highest {@code service.ranking} is the outermost. It may come and go while the host runs: a run has those
 * that were there when it began, and one that goes waits for its runs like a handler.
 *
 * <pre>{@code
 * @Component
 * public final class Timing implements JobInterceptor {
 *     public Map<String, Object> around(JobInvocation invocation) throws Exception {
 *         long begun = System.nanoTime();
 *         try {
 *             return invocation.proceed();
 *         } finally {
 *             record(invocation.context().job().type(), System.nanoTime() - begun);
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>One instance serves many runs, on several threads at once. Its time counts as the handler's.
 */
@ConsumerType
@FunctionalInterface
public interface JobInterceptor {

    /**
     * Does what is to be done around a run. What it throws is as if the handler had thrown it.
     *
     * @param invocation the run, and the way on to the handler
     * @return the result, best what {@link JobInvocation#proceed} gave; without effect if that called an {@link AsyncJobHandler}
     * @throws Exception as of {@link JobHandler#handle}; let pass what {@link JobInvocation#proceed} throws
     */
    Map<String, Object> around(JobInvocation invocation) throws Exception;
}
