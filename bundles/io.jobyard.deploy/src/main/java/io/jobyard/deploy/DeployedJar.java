// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.api.DeployedFile;
import io.jobyard.deploy.SettledFiles.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of {@code deploy/} and its bundle. Until the new bundle serves, the one that the file held before stays beside it.
 * For one thread.
 */
final class DeployedJar {

    private static final Logger LOG = LoggerFactory.getLogger(DeployedJar.class);

    private final Path file;
    private final String name;
    private final Installer installer;
    private final JarBackups keeper;
    private final Activation activation;

    private @Nullable Version version;
    private @Nullable Bundle before;
    private boolean beforeHasBegun;
    private @Nullable Bundle bundle;
    private DeployOutcome outcome = DeployOutcome.WAITING;
    private @Nullable DeployOutcome failure;
    private boolean isGood;
    private boolean isKept;
    private boolean lacksBefore = true;
    private boolean hasBegun;
    private boolean retries;
    private final RetryPace pace = new RetryPace();
    private final RetryPace filePace = new RetryPace();
    private int tried;
    private String replaced = "";

    DeployedJar(Path file, Installer installer, JarBackups keeper, Activation activation) {
        this.file = file;
        this.name = file.getFileName().toString();
        this.installer = installer;
        this.keeper = keeper;
        this.activation = activation;
    }

    /** Brings back the bundle that served in the host's last life, if the file holds another now. */
    void begin() {
        try {
            if (keeper.hasOther(file)) {
                before = installer.install(keeper.kept(name), file, bundle);
            }
            lacksBefore = false;
        } catch (IOException | BundleException e) {
            LOG.warn(
                    "The jar that deploy/{} held before cannot be taken: {}; the host retries it",
                    name,
                    FailureReason.of(e));
        }
    }

    void look(Version now, int framework) {
        if (isGood ? !isKept : lacksBefore) {
            retryFiles();
        }
        if (before != null && installer.isUp()) {
            startAgain(before);
        }
        retries = outcome.heals() && pace.isDue();
        if (!now.equals(version)) {
            version = now;
            replace();
        }
        DeployOutcome next = outcome(framework);
        if (installer.isStopping()) {
            return;
        }
        if (next.takesOver() && before != null) {
            next = installer.needed(before).orElse(next);
        }
        if (next.takesOver() && !isGood) {
            isGood = true;
            keep();
            next = before == null ? next : takeOver(before, framework);
        }
        if (!next.heals()) {
            pace.reset();
        }
        outcome = next;
    }

    private void retryFiles() {
        if (!filePace.isDue()) {
            return;
        }
        if (isGood) {
            keep();
        } else {
            begin();
        }
    }

    private void keep() {
        try {
            keeper.keep(name);
            isKept = true;
        } catch (IOException e) {
            LOG.warn("No copy of deploy/{} is kept: {}; the host retries it", name, FailureReason.of(e));
        }
    }

    /** One that fails is tried again all the time; one that was stopped by hand stays so. */
    private void startAgain(Bundle predecessor) {
        boolean isDown = predecessor.getState() == Bundle.INSTALLED
                || predecessor.getState() == Bundle.RESOLVED && !beforeHasBegun;
        if (isDown) {
            beforeHasBegun = installer.start(predecessor) == null;
        }
    }

    /** Keeps a bundle that serves until the new one does. */
    private void replace() {
        replaced = "";
        if (bundle != null && before == null && (isGood || activation.serves(bundle))) {
            before = bundle;
            beforeHasBegun = true;
        } else if (bundle != null) {
            uninstall(bundle);
        }
        bundle = null;
        isGood = false;
        isKept = false;
        failure = null;
        outcome = DeployOutcome.WAITING;
        install();
    }

    private void install() {
        tried = installer.revision();
        try {
            failure = JarCheck.trouble(file).orElse(null);
            if (failure != null) {
                return;
            }
            bundle = installer.install(keeper.take(file), file, before);
            hasBegun = false;
        } catch (BundleException e) {
            failure = JarCheck.refused(e);
        } catch (IOException e) {
            failure = JarCheck.unreadable(e);
        }
    }

    private void start(Bundle starting) {
        tried = installer.revision();
        hasBegun = true;
        failure = installer.start(starting);
    }

    private DeployOutcome outcome(int framework) {
        if (bundle == null && (retries || tried != framework)) {
            install();
        }
        if (!installer.isUp()) {
            return DeployOutcome.WAITING; // also after a failure: the bundle before has not started either
        }
        if (bundle == null) {
            return failure == null ? DeployOutcome.WAITING : failure;
        }
        if (bundle.getState() == Bundle.UNINSTALLED) {
            return DeployOutcome.refused("was uninstalled by hand", "copy the jar again");
        }
        boolean isDown = (bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0;
        if (Installer.isFragment(bundle)) {
            return bundle.getState() == Bundle.RESOLVED ? DeployOutcome.resolved() : unattached(bundle, framework);
        }
        boolean isToStart = bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
        if (isDown && hasBegun && !isToStart) {
            return DeployOutcome.refused("was stopped by hand", "start it, or copy the jar again");
        }
        if (isDown && (!hasBegun || failure == null || retries || tried != framework)) {
            start(bundle);
        } else if (retries) {
            activation.retry(bundle);
        }
        return failure != null ? failure : activation.outcome(bundle, before);
    }

    private DeployOutcome unattached(Bundle fragment, int framework) {
        if (retries || tried != framework) {
            start(fragment);
        }
        return installer
                .missing(fragment)
                .orElse(DeployOutcome.refused(
                        "is a fragment, and its host has started without it", "restart the host"));
    }

    private DeployOutcome takeOver(Bundle predecessor, int framework) {
        replaced = text(predecessor);
        uninstall(predecessor);
        before = null;
        return outcome(framework);
    }

    private void uninstall(Bundle gone) {
        try {
            installer.uninstall(gone);
        } catch (BundleException | IllegalStateException e) {
            LOG.warn("deploy/{}: {} cannot be uninstalled: {}", name, text(gone), FailureReason.of(e));
        }
    }

    /** The file is gone: uninstalls its bundles. */
    void remove() {
        Optional.ofNullable(bundle).ifPresent(this::uninstall);
        Optional.ofNullable(before).ifPresent(this::uninstall);
        keeper.forget(name);
    }

    DeployedFile status() {
        String servesOn = before == null || before.getState() != Bundle.ACTIVE ? null : text(before);
        return new DeployedFile(
                name, bundle == null ? null : text(bundle), outcome.state(), outcome.detail(), servesOn, outcome.fix());
    }

    /** The file's version at the last scan. */
    @Nullable
    Version version() {
        return version;
    }

    /** The bundle that was replaced; empty if there was none. */
    String replaced() {
        return replaced;
    }

    private static String text(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
