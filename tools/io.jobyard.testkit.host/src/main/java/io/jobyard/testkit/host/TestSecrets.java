// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.handler.JobInterceptor;
import io.jobyard.api.handler.JobInvocation;
import io.jobyard.api.handler.RetryableException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Provides the test's secrets to all runs, and redacts them in the runs' output. */
record TestSecrets(Given given) implements JobInterceptor {

    private static final Duration LATER = Duration.ofSeconds(30);

    @Override
    public Map<String, Object> around(JobInvocation invocation) throws Exception {
        Set<String> redacted = ConcurrentHashMap.newKeySet();
        invocation.secrets(name -> {
            String secret = given.secret(name);
            if (secret == null) {
                throw new RetryableException(
                        "secret " + name + ": the test has given none: TestHost.secrets(Map.of(\"" + name + "\", …))",
                        LATER,
                        null);
            }
            if (redacted.add(name)) {
                invocation.redact(secret, "${secret:" + name + "}");
            }
            return secret;
        });
        return invocation.proceed();
    }
}
