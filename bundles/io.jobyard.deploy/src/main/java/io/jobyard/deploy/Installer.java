// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Installs, starts and uninstalls bundles, and answers the framework about collisions. */
class Installer implements CollisionHook {

    private static final Logger LOG = LoggerFactory.getLogger(Installer.class);
    /** Above the start level of the engine. */
    static final int START_LEVEL = 25;
    /** A location has one bundle, so its successor needs another location. */
    private static final String SUCCESSOR = "#next";

    private final BundleContext context;
    private final Bundle framework;
    /** The framework calls this hook on the thread that installs. */
    private final ThreadLocal<@Nullable Bundle> before = new ThreadLocal<>();

    Installer(BundleContext context) {
        this.context = context;
        this.framework = context.getBundle(0);
        framework.adapt(FrameworkStartLevel.class).setInitialBundleStartLevel(START_LEVEL); // first of all
    }

    /**
     * Installs a bundle, next to its predecessor if there is one.
     *
     * @param file the file in {@code deploy/}
     * @param predecessor the previous bundle, which may have the same symbolic name and version; null without a predecessor
     */
    Bundle install(Path jar, Path file, @Nullable Bundle predecessor) throws BundleException, IOException {
        String location = file.toFile().toURI().toString();
        before.set(predecessor);
        try (InputStream bytes = Files.newInputStream(jar)) {
            return context.installBundle(context.getBundle(location) == null ? location : location + SUCCESSOR, bytes);
        } finally {
            before.remove();
        }
    }

    @Override
    public void filterCollisions(int operation, Bundle target, Collection<Bundle> collisions) {
        collisions.remove(before.get());
    }

    /** Starts a bundle, or resolves a fragment. Returns the reason for a failure; null after a success. */
    @Nullable
    DeployOutcome start(Bundle bundle) {
        try {
            if (isFragment(bundle)) {
                wiring().resolveBundles(Set.of(bundle));
            } else {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
            return null;
        } catch (BundleException e) {
            LOG.debug("{} {} cannot start", bundle.getSymbolicName(), bundle.getVersion(), e);
            return missing(bundle).orElseGet(() -> refused(e));
        }
    }

    /** Returns an unsatisfied requirement of a bundle. */
    Optional<DeployOutcome> missing(Bundle bundle) {
        return new MissingRequirements(wiring()).of(bundle);
    }

    /** Returns a requirement of another bundle that only this bundle satisfies. */
    Optional<DeployOutcome> needed(Bundle bundle) {
        return new MissingRequirements(wiring()).without(bundle);
    }

    private static DeployOutcome refused(BundleException e) {
        return e.getType() == BundleException.RESOLVE_ERROR
                ? DeployOutcome.refused("does not resolve: " + FailureReason.of(e), "fix its imports and copy it again")
                : DeployOutcome.threw("activation", e);
    }

    static boolean isFragment(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    /** Uninstalls a bundle. Returns once its handlers have drained; bundles that used its packages are refreshed. */
    void uninstall(Bundle bundle) throws BundleException {
        if (bundle.getState() != Bundle.UNINSTALLED) {
            bundle.uninstall();
        }
        if (!wiring().getRemovalPendingBundles().isEmpty()) {
            wiring().refreshBundles(null);
        }
    }

    private FrameworkWiring wiring() {
        return framework.adapt(FrameworkWiring.class);
    }

    /** Returns whether the start level of {@code deploy/} is reached and the host does not stop. */
    boolean isUp() {
        return framework.getState() != Bundle.STOPPING
                && framework.adapt(FrameworkStartLevel.class).getStartLevel() >= START_LEVEL;
    }

    boolean isStopping() {
        return framework.getState() == Bundle.STOPPING;
    }

    /** Returns a number that changes whenever a bundle is installed, updated or uninstalled. */
    int revision() {
        return Stream.of(context.getBundles())
                .mapToInt(bundle -> Long.hashCode(bundle.getBundleId() * 31 + bundle.getLastModified()))
                .sum();
    }
}
