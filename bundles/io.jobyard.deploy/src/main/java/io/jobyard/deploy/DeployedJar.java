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
 * A file of {@code deploy/} and its bundle. The previous bundle of the file stays installed until the new bundle is in
 * use. Confined to one thread, except for the reported state.
 */
final class DeployedJar {

    private static final Logger LOG = LoggerFactory.getLogger(DeployedJar.class);

    private final Path file;
    private final String name;
    private final Installer installer;
    private final JarBackups keeper;
    private final Activation activation;
    private final DeployedBundles bundles;
    private final StartMarks marks;

    private volatile @Nullable Version version;
    private volatile @Nullable Bundle before;
    private boolean beforeHasBegun;
    private String beforeHash = "";
    private String hash = "";
    private boolean isQuarantined;
    private volatile @Nullable Bundle bundle;
    private volatile DeployOutcome outcome = DeployOutcome.WAITING;
    private @Nullable DeployOutcome failure;
    private boolean isGood;
    private boolean isKept;
    private boolean lacksBefore = true;
    private boolean hasBegun;
    private boolean retries;
    private final RetryPace pace = new RetryPace();
    private final RetryPace filePace = new RetryPace();
    private int tried;
    private volatile String replaced = "";
    private volatile String doing = ""; // call that may run code of a bundle

    DeployedJar(
            Path file,
            Installer installer,
            JarBackups keeper,
            Activation activation,
            DeployedBundles bundles,
            StartMarks marks) {
        this.file = file;
        name = file.getFileName().toString();
        this.installer = installer;
        this.keeper = keeper;
        this.activation = activation;
        this.bundles = bundles;
        this.marks = marks;
    }

    /** Restores the bundle that served before the host's last stop, if the file contains another bundle now. */
    void begin() {
        try {
            if (keeper.hasOther(file)) {
                Path kept = keeper.kept(name);
                beforeHash = JarHash.of(kept);
                Bundle predecessor = installer.install(kept, file, bundle);
                bundles.came(predecessor, name, beforeHash);
                before = predecessor;
            }
            lacksBefore = false;
        } catch (IOException | BundleException e) {
            String reason = FailureReason.of(e);
            LOG.warn("Cannot restore the previous jar of deploy/{}: {}; the host retries", name, reason);
        }
    }

    void look(Version now, int framework) {
        if (isGood && !isKept && filePace.isDue()) {
            keep();
        } else if (!isGood && lacksBefore && filePace.isDue()) {
            begin();
        }
        if (before != null && installer.isUp()) {
            startAgain(before);
        }
        retries = outcome.heals() && pace.isDue();
        if (!now.equals(version)) {
            boolean isTouched = isKept && now.differsInChangeTime(version) && keeper.keeps(file);
            version = now;
            if (!isTouched) {
                replace();
            }
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
            outcome = next; // the previous bundle may refuse to stop
            next = before == null ? next : takeOver(before, framework);
        }
        if (!next.heals()) {
            pace.reset();
        }
        outcome = next;
    }

    private void keep() {
        try {
            keeper.keep(name);
            isKept = true;
        } catch (IOException e) {
            LOG.warn("Cannot keep a copy of deploy/{}: {}; the host retries", name, FailureReason.of(e));
        }
    }

    /** Starts the predecessor. Retries a failed start; a bundle that a user stopped stays stopped. */
    private void startAgain(Bundle predecessor) {
        boolean isDown = predecessor.getState() == Bundle.INSTALLED
                || predecessor.getState() == Bundle.RESOLVED && !beforeHasBegun;
        if (isDown && marks.begin(StartMarks.kept(name), beforeHash)) {
            doing = "the start of " + text(predecessor);
            beforeHasBegun = installer.start(predecessor) == null;
            marks.end(StartMarks.kept(name));
        }
    }

    /** Keeps the previous bundle until the new bundle serves. */
    private void replace() {
        replaced = "";
        if (bundle != null && before == null && (isGood || activation.serves(bundle))) {
            before = bundle;
            beforeHash = hash;
            beforeHasBegun = true;
        } else if (bundle != null) {
            uninstall(bundle);
            if (before == null) {
                bundles.renew(name);
            }
        }
        bundle = null;
        isGood = false;
        isKept = false;
        isQuarantined = false;
        failure = null;
        outcome = DeployOutcome.WAITING;
        install();
    }

    private void install() {
        doing = "the installation of " + name;
        tried = installer.revision();
        try {
            failure = JarCheck.trouble(file).orElse(null);
            if (failure != null) {
                return;
            }
            Path taken = keeper.take(file);
            hash = JarHash.of(taken);
            Bundle installed = installer.install(taken, file, before);
            bundles.came(installed, name, hash);
            bundle = installed;
            hasBegun = false;
        } catch (BundleException e) {
            failure = JarCheck.refused(e);
        } catch (IOException e) {
            failure = JarCheck.unreadable(e);
        }
    }

    private void start(Bundle starting) {
        doing = "the start of " + text(starting);
        tried = installer.revision();
        if (!marks.begin(name, hash)) {
            isQuarantined = true;
            failure = StartMarks.quarantined(hash);
            return;
        }
        hasBegun = true;
        failure = installer.start(starting);
        marks.end(name);
    }

    private DeployOutcome outcome(int framework) {
        if (bundle == null && (retries || tried != framework)) {
            install();
        }
        if (!installer.isUp()) {
            return DeployOutcome.WAITING; // even after a failure: the previous bundle has not started either
        }
        if (bundle == null) {
            return failure == null ? DeployOutcome.WAITING : failure;
        }
        if (isQuarantined && failure != null) {
            return failure;
        }
        if (bundle.getState() == Bundle.UNINSTALLED) {
            return DeployOutcome.refused("was uninstalled manually", "copy the jar again");
        }
        boolean isDown = (bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0;
        if (Installer.isFragment(bundle)) {
            return bundle.getState() == Bundle.RESOLVED ? DeployOutcome.resolved() : unattached(bundle, framework);
        }
        boolean isToStart = bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
        if (isDown && hasBegun && !isToStart) {
            return DeployOutcome.refused("was stopped manually", "start it, or copy the jar again");
        }
        if (isDown && (!hasBegun || failure == null || retries || tried != framework)) {
            start(bundle);
        } else if (retries) {
            doing = "the activation of components of " + text(bundle);
            activation.retry(bundle);
        }
        return failure != null ? failure : activation.outcome(bundle, before);
    }

    private DeployOutcome unattached(Bundle fragment, int framework) {
        if (retries || tried != framework) {
            start(fragment);
        }
        DeployOutcome late =
                DeployOutcome.refused("is a fragment, and its host has started without it", "restart the host");
        return installer.missing(fragment).orElse(late);
    }

    private DeployOutcome takeOver(Bundle predecessor, int framework) {
        replaced = text(predecessor);
        uninstall(predecessor);
        before = null;
        return outcome(framework);
    }

    private void uninstall(Bundle gone) {
        doing = "the stop of " + text(gone);
        bundles.left(gone);
        try {
            installer.uninstall(gone);
        } catch (BundleException | IllegalStateException e) {
            LOG.warn("deploy/{}: cannot uninstall {}: {}", name, text(gone), FailureReason.of(e));
        }
    }

    /** Uninstalls the bundles of a deleted file. */
    void remove() {
        Optional.ofNullable(bundle).ifPresent(this::uninstall);
        Optional.ofNullable(before).ifPresent(this::uninstall);
        keeper.forget(name);
        marks.forget(name);
        marks.forget(StartMarks.kept(name));
    }

    String name() {
        return name;
    }

    boolean holds(Bundle any) {
        return any.equals(bundle) || any.equals(before);
    }

    DeployedFile status() {
        Bundle now = bundle;
        Bundle was = before;
        DeployOutcome is = outcome;
        String servesOn = was == null || was.getState() != Bundle.ACTIVE ? null : text(was);
        return new DeployedFile(name, now == null ? null : text(now), is.state(), is.detail(), servesOn, is.fix());
    }

    /** Returns the file's version at the last scan. */
    @Nullable
    Version version() {
        return version;
    }

    String doing() {
        return doing;
    }

    /** Returns the replaced bundle; empty if no bundle was replaced. */
    String replaced() {
        return replaced;
    }

    private static String text(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
