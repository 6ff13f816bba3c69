// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.api.DeployedFile;
import io.jobyard.api.Finding;
import io.jobyard.deploy.SettledFiles.Version;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * Jar of {@code deploy/}, and the current call inside its bundles, which may never return. Scanned by one thread at a
 * time; all other methods are safe for use by several threads.
 */
final class WatchedJar {

    private final DeployedJar jar;
    private final Supplier<Duration> timeout;
    private final LongSupplier ticker;
    private volatile @Nullable JarCall call;
    private volatile boolean isRemoved;

    WatchedJar(DeployedJar jar, Supplier<Duration> timeout, LongSupplier ticker) {
        this.jar = jar;
        this.timeout = timeout;
        this.ticker = ticker;
    }

    void enter(Thread thread) {
        call = new JarCall(thread, ticker.getAsLong());
    }

    void leave() {
        call = null;
    }

    /** Returns whether no call is inside its bundles. */
    boolean isFree() {
        return call == null;
    }

    boolean holds(Bundle bundle) {
        return jar.holds(bundle);
    }

    boolean isInExit() {
        JarCall now = call;
        return now != null && now.isInExit();
    }

    String name() {
        return jar.name();
    }

    void look(Version version, int framework) {
        jar.look(version, framework);
    }

    void remove() {
        jar.remove();
        isRemoved = true;
    }

    /** Returns whether its file is gone and its bundles are uninstalled. */
    boolean isRemoved() {
        return isRemoved;
    }

    /** Returns the call that has exceeded its timeout; empty without such a call. */
    Optional<String> hang() {
        JarCall now = call;
        return now == null ? Optional.empty() : now.hang(jar.doing(), timeout.get(), ticker.getAsLong());
    }

    /** Returns the status. A jar with a hanging bundle is refused, unless its handlers already serve. */
    DeployedFile status() {
        DeployedFile file = jar.status();
        boolean mayServe = file.state() == DeployedFile.State.IN_USE || file.state() == DeployedFile.State.RESOLVED;
        return hang().filter(hang -> !mayServe)
                .map(hang -> new DeployedFile(
                        file.name(), file.bundle(), DeployedFile.State.REFUSED, hang, file.servesOn(), JarCall.FIX))
                .orElse(file);
    }

    /** Returns why the jar is not in use, or which call does not return although it is. */
    Optional<Finding> finding() {
        DeployedFile file = status();
        return file.state() == DeployedFile.State.REFUSED
                ? Optional.of(new Finding(Finding.DEPLOY, file.line(), file.fix()))
                : hang().map(hang -> new Finding(Finding.DEPLOY, "deploy/" + name() + ": " + hang, JarCall.FIX));
    }

    @Nullable
    Version version() {
        return jar.version();
    }

    String replaced() {
        return jar.replaced();
    }
}
