// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Effects of the jars in {@code deploy/} on a stop of the host. */
final class HostStop implements StopGuard.Jars {

    private static final Logger LOG = LoggerFactory.getLogger(HostStop.class);
    /**
     * Filter of the launcher's service that ends the process immediately, with a reason. Other frameworks do not have
     * it.
     */
    private static final String HALT = "(jobyard.halt=true)";

    private static final String OWN_THREADS = "jobyard-";
    private static final String LAUNCHER = "main";

    private final BundleContext context;
    private final String location;
    private final Collection<WatchedJar> jars;
    private final StartMarks marks;
    private final DeploySettingsComponent settings;

    HostStop(
            BundleContext context,
            Path directory,
            Collection<WatchedJar> jars,
            StartMarks marks,
            DeploySettingsComponent settings) {
        this.context = context;
        this.location = directory.toFile().toURI().toString();
        this.jars = jars;
        this.marks = marks;
        this.settings = settings;
    }

    @Override
    public boolean has(Bundle bundle) {
        return bundle.getLocation().startsWith(location);
    }

    @Override
    public boolean isHanging(Bundle bundle) {
        return jars.stream()
                .filter(jar -> jar.holds(bundle))
                .anyMatch(jar -> jar.isInExit() || jar.hang().isPresent());
    }

    @Override
    public Duration timeout() {
        return settings.current().timeout();
    }

    /** Clears the start marks: only a start that calls exit, itself or by a thread that it may have created, counts. */
    @Override
    public void hostStops() {
        boolean isByUnknown = Thread.getAllStackTraces().entrySet().stream()
                .filter(stack -> BundleStack.isInExit(stack.getValue()))
                .map(stack -> stack.getKey().getName())
                .anyMatch(thread -> !thread.startsWith(OWN_THREADS) && !thread.equals(LAUNCHER));
        if (!isByUnknown) {
            jars.stream().filter(jar -> !jar.isInExit()).map(WatchedJar::name).forEach(name -> {
                marks.end(name);
                marks.end(StartMarks.kept(name));
            });
        }
    }

    @Override
    public void end() {
        String reason = "a bundle of deploy/ did not stop; all others have stopped, and the process ends now";
        LOG.warn("Host ending: {}", reason);
        halt(reason);
    }

    private void halt(String reason) {
        try {
            for (ServiceReference<?> reference : context.getServiceReferences(Consumer.class, HALT)) {
                @SuppressWarnings("unchecked")
                Consumer<String> halt = (Consumer<String>) context.getService(reference);
                if (halt != null) {
                    halt.accept(reason);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(HALT, e);
        }
    }
}
