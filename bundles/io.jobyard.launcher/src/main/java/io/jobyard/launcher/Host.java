// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.ServiceLoader;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The host in this process. */
final class Host {

    private final Program program;
    private final Instance instance;
    private final Readiness readiness;
    private volatile int exitCode = 1;

    Host(Program program, Instance instance) {
        this.program = program;
        this.instance = instance;
        this.readiness = new Readiness(instance);
    }

    /** Runs until somebody stops it. */
    void run() throws IOException, BundleException, InterruptedException {
        instance.prepare(program);
        HostLock.take(instance);
        readiness.revoke();
        FrameworkSettings.applySystemProperties(instance);
        Framework framework = framework();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(framework), "jobyard-stop-1"));
        framework.init();
        new BundleList(program.bundles()).install(framework.getBundleContext());
        framework.start();
        readiness.announce();
        exitCode = 0;
        welcome();
        framework.waitForStop(0);
    }

    private Framework framework() {
        return ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow(() -> new LaunchException(
                        "no OSGi framework in " + program.home().resolve("lib")))
                .newFramework(FrameworkSettings.of(program, instance));
    }

    private void welcome() {
        double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
        System.out.println(
                "Jobyard " + program.version() + " takes jobs after " + String.format(Locale.ROOT, "%.1f s", seconds));
        System.out.println("instance  " + instance.directory());
        System.out.println("shell     " + new Hint(program, instance).command("shell"));
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
