// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Wraps each run of every handler: for tracing, tenancy, redaction. Register it as a service. The interceptor with the highest {@code
 * service.ranking} is the outermost. You can add and remove interceptors while the host runs. A run uses the interceptors that existed at
 * its start, and a removed interceptor waits for its runs like a handler.
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
 * <p>One instance serves many runs, on several threads at once. The time of an interceptor counts as the handler's.
 */
@ConsumerType
@FunctionalInterface
public interface JobInterceptor {

    /**
     * Acts around a run. Its exceptions count as exceptions of the handler.
     *
     * @param invocation the run, which continues to the handler
     * @return the result, usually that of {@link JobInvocation#proceed}; ignored if that called an {@link AsyncJobHandler}
     * @throws Exception as in {@link JobHandler#handle}; let exceptions of {@link JobInvocation#proceed} pass
     */
    Map<String, Object> around(JobInvocation invocation) throws Exception;
}
