// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the stop of the framework, which would wait forever for a hanging bundle of {@code deploy/}. In this case,
 * it stops the other bundles in the framework's order, including the store, and ends the process.
 */
final class StopGuard implements SynchronousBundleListener {

    private static final Logger LOG = LoggerFactory.getLogger(StopGuard.class);
    private static final long LOOK_MILLIS = 100;
    /** For bundles with a hanging call, and for the other bundles of {@code deploy/} once one hangs. */
    private static final Duration BRIEFLY = Duration.ofSeconds(2);
    /** For all of the program's own bundles together, whose runs are drained by then. */
    private static final Duration PROGRAM = Duration.ofSeconds(30);

    private static final String FRAMEWORK = "org.apache.felix.framework.Felix";
    private static final String STOP = "setActiveStartLevel";

    /** Jars in {@code deploy/}. */
    interface Jars {

        boolean has(Bundle bundle);

        /** Returns whether a call into the bundle hangs. */
        boolean isHanging(Bundle bundle);

        Duration timeout();

        /** Called when the framework begins to stop. */
        void hostStops();

        /** Ends the process. */
        void end();
    }

    private final BundleContext context;
    private final Jars jars;
    private final CountDownLatch isFinished = new CountDownLatch(1);

    StopGuard(BundleContext context, Jars jars) {
        this.context = context;
        this.jars = jars;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            jars.hostStops();
            Thread thread = new Thread(this::guard, "jobyard-deploy-stop-1");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Ends the watch after the framework has stopped {@code deploy/}. */
    void stop() {
        isFinished.countDown();
    }

    private void guard() {
        Set<Bundle> left = Set.of();
        long since = System.nanoTime();
        while (!isFinishedWithin(LOOK_MILLIS)) {
            Set<Bundle> now = running(jars::has);
            if (!now.equals(left) || !isReached()) {
                left = now;
                since = System.nanoTime();
            }
            Duration timeout = left.stream().anyMatch(jars::isHanging) ? BRIEFLY : jars.timeout();
            if (!left.isEmpty() && System.nanoTime() - since > timeout.toNanos()) {
                stopOthers(left);
                return;
            }
        }
    }

    /** Returns whether the stop finished in time. An interrupt by a bundle does not end the watch. */
    private boolean isFinishedWithin(long millis) {
        try {
            return isFinished.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            LOG.debug("The watch over the stop was interrupted; continuing", e);
            return isFinished.getCount() == 0;
        }
    }

    /** Returns whether the framework stops the bundles of {@code deploy/}, after the runs are drained. */
    private boolean isReached() {
        return framework().adapt(FrameworkStartLevel.class).getStartLevel() <= Installer.START_LEVEL;
    }

    private void stopOthers(Set<Bundle> left) {
        boolean isKnown = left.stream().anyMatch(jars::isHanging); // the stack is reported then
        String stack = isKnown ? "" : ", in " + stack();
        left.stream()
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE || jars.isHanging(bundle))
                .forEach(bundle -> LOG.warn(
                        "Bundle {} {} ({}) does not stop; the host stops without it{}",
                        bundle.getSymbolicName(),
                        bundle.getVersion(),
                        bundle.getLocation(),
                        stack));
        stopEach(inOrder(left.stream()), BRIEFLY);
        stopEach(inOrder(running(this::isOfProgram).stream()), PROGRAM);
        jars.end();
    }

    /** Returns whether this is one of Jobyard's other bundles; libraries do not hold resources. */
    private boolean isOfProgram(Bundle bundle) {
        int level = bundle.adapt(BundleStartLevel.class).getStartLevel();
        int own = context.getBundle().adapt(BundleStartLevel.class).getStartLevel();
        return !jars.has(bundle) && level > own && level <= Installer.START_LEVEL;
    }

    private Set<Bundle> running(Predicate<Bundle> which) {
        Set<Bundle> bundles = new HashSet<>();
        Stream.of(context.getBundles())
                .filter(bundle -> bundle.getBundleId() != Constants.SYSTEM_BUNDLE_ID)
                .filter(bundle -> (bundle.getState() & (Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING)) != 0)
                .filter(which)
                .forEach(bundles::add);
        return bundles;
    }

    /** Sorts bundles in the framework's stop order. */
    private static List<Bundle> inOrder(Stream<Bundle> bundles) {
        Comparator<Bundle> level = Comparator.comparingInt(
                bundle -> bundle.adapt(BundleStartLevel.class).getStartLevel());
        return bundles.sorted(level.thenComparing(Bundle::getBundleId).reversed())
                .toList();
    }

    /** Stops the bundles in sequence. A bundle that does not stop keeps its thread. */
    private void stopEach(List<Bundle> bundles, Duration together) {
        long end = System.nanoTime() + together.toNanos();
        for (Bundle bundle : bundles) {
            Thread thread = new Thread(() -> stop(bundle), "jobyard-deploy-stop-2");
            thread.setDaemon(true);
            thread.start();
            long millis = Math.max(LOOK_MILLIS, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
            try {
                thread.join(millis);
            } catch (InterruptedException e) {
                LOG.warn("The stop of {} was interrupted", bundle.getSymbolicName(), e);
            }
        }
    }

    private static void stop(Bundle bundle) {
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException e) {
            LOG.warn("Cannot stop {}: {}", bundle.getSymbolicName(), FailureReason.of(e));
        }
    }

    /** Returns the stack of the framework's stop within a bundle; empty if it is not in a bundle. */
    private static String stack() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Stream.of(stack)
                        .anyMatch(frame -> frame.getClassName().equals(FRAMEWORK)
                                && frame.getMethodName().equals(STOP)))
                .map(BundleStack::of)
                .findFirst()
                .orElse("");
    }

    private Bundle framework() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    }
}
