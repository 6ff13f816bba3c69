// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Flow;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The host in this process. */
final class Host {

    /** After so long a person wants to know what it is at. */
    private static final Duration USUAL_START = Duration.ofSeconds(60);
    /** A start that does not come to an end does not hear of the stop, which therefore ends it. */
    private static final Duration STOP_OF_A_START = Duration.ofSeconds(30);

    private final Program program;
    private final Instance instance;
    private final StartState state;
    private volatile int exitCode = 1;

    Host(Program program, Instance instance) {
        this.program = program;
        this.instance = instance;
        state = new StartState(instance);
    }

    /** Runs until somebody stops it; fails if its store does not open. */
    void run(boolean newStore) throws IOException, BundleException, InterruptedException {
        instance.prepare(program);
        HostLock lock = HostLock.take(instance);
        state.onNext("starting the framework");
        Map<String, String> settings = FrameworkSettings.of(program, instance);
        settings.put("jobyard.store.new", Boolean.toString(newStore));
        Framework framework = framework(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(framework, lock), "jobyard-stop-1"));
        framework.init();
        framework.getBundleContext().addFrameworkListener(Host::tell);
        framework.getBundleContext().addBundleListener(new StartedBundles(state));
        framework
                .getBundleContext()
                .registerService(Flow.Subscriber.class, state, new Hashtable<>(Map.of("jobyard.start", true)));
        new BundleList(program.bundles()).install(framework.getBundleContext());
        framework.start();
        exitCode = 0;
        boolean takesJobs = greet(framework);
        if (state.failure() != null) {
            exitCode = 1;
            throw new LaunchException("the host cannot start: " + state.failure());
        }
        if (takesJobs && program.terminal()) {
            ShellClient.run(instance.directory(), null);
            System.out.println("the host goes on; Ctrl-C stops it");
        }
        framework.waitForStop(0);
    }

    /** What the framework itself complains of, such as a bundle that does not resolve: a line each. */
    private static void tell(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR) {
            System.err.println("ERROR: " + event.getBundle() + ": " + event.getThrowable());
        }
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

    private boolean greet(Framework framework) throws IOException, InterruptedException {
        Readiness readiness = new Readiness(instance);
        while (!readiness.await(USUAL_START, () -> framework.getState() == Bundle.ACTIVE && state.failure() == null)) {
            if (framework.getState() != Bundle.ACTIVE || state.failure() != null) {
                return false;
            }
            System.err.println("jobyard: still starting: " + StartState.read(instance));
        }
        state.onComplete();
        Duration sinceStart =
                Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        System.out.println(new Hint(program, instance).greeting(sinceStart));
        return true;
    }

    /** The only way out, also for SIGTERM: a host that was stopped in order ends with 0, not with the signal's 143. */
    private void end(Framework framework, HostLock lock) {
        try {
            boolean started = framework.getState() == Bundle.ACTIVE;
            framework.stop();
            FrameworkEvent stopped = framework.waitForStop(started ? 0 : STOP_OF_A_START.toMillis());
            if (stopped.getType() == FrameworkEvent.WAIT_TIMEDOUT) {
                exitCode = 1;
                System.err.println("jobyard: the start hangs and cannot be stopped in order; the process ends now");
            }
        } catch (BundleException | InterruptedException e) {
            exitCode = 1;
            System.err.println("jobyard: the host did not stop in order: " + e);
        }
        lock.keepUntilHere();
        Runtime.getRuntime().halt(exitCode);
    }
}
