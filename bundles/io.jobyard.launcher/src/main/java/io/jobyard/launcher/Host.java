// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import io.jobyard.spi.text.VisibleText;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Host in this process. */
final class Host {

    /** A start that takes longer shows its progress. */
    private static final Duration USUAL_START = Duration.ofSeconds(60);
    /**
     * Timeout of a stop without a drain. A hanging start cannot stop cleanly, and neither can a bundle that called
     * {@code System.exit} while it starts or stops; the process then ends.
     */
    private static final Duration STOP_WITHOUT_A_DRAIN = Duration.ofSeconds(30);

    private final Program program;
    private final InstanceDirectory instance;
    private final Thread main = Thread.currentThread();
    private final StartState state;
    private volatile int exitCode = 1;

    /** Created by the thread that calls {@link #run}. */
    Host(Program program, InstanceDirectory instance) {
        this.program = program;
        this.instance = instance;
        state = new StartState(instance);
    }

    /** Runs until the host is stopped; fails if its store does not open. */
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
        Consumer<String> halt = reason -> halt(reason, lock);
        framework
                .getBundleContext()
                .registerService(Consumer.class, halt, new Hashtable<>(Map.of("jobyard.halt", true)));
        new BundleList(program.bundles()).install(framework.getBundleContext());
        framework.start();
        exitCode = 0;
        uninterrupted(() -> {
            boolean takesJobs = greet(framework);
            if (takesJobs && state.failure() == null && program.terminal()) {
                ShellClient.run(instance.directory(), null);
                System.out.println("the host is running; press Ctrl-C to stop it");
            }
        });
        if (state.failure() != null) {
            exitCode = 1;
            framework.stop(); // stop the framework cleanly instead of losing its work when the process exits
            framework.waitForStop(STOP_WITHOUT_A_DRAIN.toMillis());
            throw new LaunchException("the host cannot start: " + state.failure());
        }
        uninterrupted(() -> framework.waitForStop(0));
        if (state.ending() != null) {
            exitCode = 1;
            throw new LaunchException("the host has stopped: " + state.ending());
        }
    }

    private interface Wait {
        void await() throws IOException, InterruptedException;
    }

    /** A handler may interrupt any thread; only a stop ends the host. */
    private static void uninterrupted(Wait wait) throws IOException {
        while (true) {
            try {
                wait.await();
                return;
            } catch (InterruptedException e) {
                System.err.println("jobyard: main thread interrupted; the host keeps running");
            }
        }
    }

    /** Prints the framework's own errors, for example an unresolved bundle, one line each. */
    private static void tell(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR) {
            System.err.println(VisibleText.line("ERROR: " + event.getBundle() + ": " + event.getThrowable()));
        }
    }

    private Framework framework(Map<String, String> settings) {
        // Logback and JLine read system properties.
        System.getProperties().putAll(settings);
        return ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow(() -> new LaunchException(
                        "OSGi framework not found in " + program.home().resolve("lib")))
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
        if (state.failure() != null) {
            return false;
        }
        Duration sinceStart =
                Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        System.out.println(new NextSteps(program, instance).greeting(sinceStart));
        return true;
    }

    /**
     * Ends the host. All exits use this method, including SIGTERM: after a clean stop, the host exits with 0 instead of
     * the signal's 143. After {@code System.exit}, it exits with 1, whatever the given code, so that a service manager
     * restarts it.
     */
    private void end(Framework framework, HostLock lock) {
        try {
            ExitCallers callers = ExitCallers.of(Thread.getAllStackTraces(), main);
            for (String thread : callers.names()) {
                exitCode = 1;
                System.err.println("jobyard: host ending: System.exit called in thread " + thread);
            }
            boolean drains = framework.getState() == Bundle.ACTIVE && callers.drain();
            framework.stop();
            FrameworkEvent stopped = framework.waitForStop(drains ? 0 : STOP_WITHOUT_A_DRAIN.toMillis());
            if (stopped.getType() == FrameworkEvent.WAIT_TIMEDOUT) {
                exitCode = 1;
                System.err.println("jobyard: a bundle does not stop; the process ends now");
            }
        } catch (BundleException | InterruptedException e) {
            exitCode = 1;
            System.err.println("jobyard: the host did not shut down cleanly: " + e);
        }
        lock.keepUntilHere();
        Runtime.getRuntime().halt(exitCode);
    }

    /** Ends the process while the framework still waits for a bundle. */
    private static void halt(String reason, HostLock lock) {
        System.err.println("jobyard: " + VisibleText.line(reason));
        lock.keepUntilHere();
        Runtime.getRuntime().halt(1);
    }
}
