// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The host in this process. */
final class Host {

    private final Program program;
    private final Instance instance;
    private final Readiness readiness;
    private volatile int exitCode = 1;
    /** Reachable as long as the host runs: the collector closes a channel that nobody holds, and the lock with it. */
    private @Nullable FileLock lock;

    Host(Program program, Instance instance) {
        this.program = program;
        this.instance = instance;
        this.readiness = new Readiness(instance);
    }

    /** Runs until somebody stops it. */
    void run() throws IOException, BundleException, InterruptedException {
        instance.prepare(program);
        lock = HostLock.take(instance);
        readiness.revoke();
        Framework framework = framework(FrameworkSettings.of(program, instance));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(framework), "jobyard-stop-1"));
        framework.init();
        new BundleList(program.bundles()).install(framework.getBundleContext());
        framework.start();
        readiness.announce();
        exitCode = 0;
        Duration sinceStart =
                Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        System.out.println(new Hint(program, instance).greeting(sinceStart));
        framework.waitForStop(0);
        Reference.reachabilityFence(lock);
    }

    private Framework framework(Map<String, String> settings) {
        // Logback, JLine and the like know nothing of the framework: they ask the system.
        System.getProperties().putAll(settings);
        return ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow(() -> new LaunchException(
                        "no OSGi framework in " + program.home().resolve("lib")))
                .newFramework(settings);
    }

    /** The only way out, also for SIGTERM: a host that was stopped in order ends with 0, not with the signal's 143. */
    private void end(Framework framework) {
        try {
            readiness.revoke();
            framework.stop();
            framework.waitForStop(0);
        } catch (BundleException | IOException | InterruptedException e) {
            exitCode = 1;
            System.err.println("jobyard: the host did not stop in order: " + e);
        }
        Runtime.getRuntime().halt(exitCode);
    }
}
