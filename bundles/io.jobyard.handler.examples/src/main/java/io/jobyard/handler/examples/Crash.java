// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.examples;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.PermanentException;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Handler that halts the JVM if the configuration allows it, to demonstrate recovery from a crash. */
@Component(configurationPid = Crash.PID)
@HandlesJob(
        value = "crash",
        description = "A demonstration of recovery: halts the host's JVM if the configuration allows it. Do "
                + "not use it in production.")
@Designate(ocd = CrashConfiguration.class)
public final class Crash implements JobHandler {

    static final String PID = "io.jobyard.handler.examples";

    private volatile boolean allowed;

    @Activate
    public Crash(Map<String, Object> raw) {
        modified(raw);
    }

    @Modified
    void modified(Map<String, Object> raw) {
        allowed = Boolean.parseBoolean(String.valueOf(raw.get("allow.crash")).strip());
    }

    @Override
    public Map<String, Object> handle(JobContext context) {
        if (!allowed) {
            throw new PermanentException(
                    "not allowed: crash jobs halt the host's JVM; set allow.crash = true in " + PID);
        }
        Runtime.getRuntime().halt(137);
        throw new AssertionError("the JVM is still running after halt");
    }
}
