// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Key and certificates of the port. The file is checked every two seconds and reloaded once a change is complete; new
 * connections use the new certificates. An invalid file is reported, and the previous certificates stay in force.
 */
final class TlsKeys {

    private static final Logger LOG = LoggerFactory.getLogger(TlsKeys.class);
    private static final long LOOK_MILLIS = 2000;

    /** Identifies a state of the file. */
    private record KeyFileState(
            @Nullable FileTime modified,
            long bytes,
            @Nullable Object key) {

        static final KeyFileState NOTHING = new KeyFileState(null, 0, null);

        static KeyFileState at(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return new KeyFileState(now.lastModifiedTime(), now.size(), now.fileKey());
            } catch (IOException e) {
                return NOTHING;
            }
        }
    }

    private final SslContextFactory.Server factory = new SslContextFactory.Server();
    private final Path file;
    private final String shown;
    private final String password;
    private KeyFileState known;
    private KeyFileState latest;
    private volatile @Nullable String problem;

    /** Reads the file. Throws with a description of the problem. */
    TlsKeys(Path directory, WebSettings settings) throws IOException {
        file = directory.resolve(settings.keystore());
        shown = settings.keystore();
        password = settings.password();
        known = KeyFileState.at(file);
        latest = known;
        factory.setKeyStorePassword(password);
        factory.setKeyStore(read());
    }

    SslContextFactory.Server factory() {
        return factory;
    }

    /** Returns the problem of the current file and its fix; null if it is in use. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Watches the file until the scheduler ends. */
    void watch(Scheduler scheduler) {
        scheduler.schedule(
                () -> {
                    look();
                    watch(scheduler);
                },
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private void look() {
        KeyFileState now = KeyFileState.at(file);
        boolean stands = now.equals(latest);
        latest = now;
        if (now.equals(known) || !stands) {
            return;
        }
        known = now;
        try {
            KeyStore next = read();
            factory.reload(same -> same.setKeyStore(next));
            problem = null;
            LOG.info("{}: certificate reloaded: tls.keystore={}", WebSettings.PID, shown);
        } catch (Exception e) { // reload declares Exception
            problem = unusable(shown, e) + "; until then, the previous certificate stays in use";
            LOG.warn("{}: {}", WebSettings.PID, problem);
        }
    }

    static String unusable(String keystore, Throwable fault) {
        String why = fault instanceof NoSuchFileException
                ? "file not found"
                : fault.getMessage() == null ? fault.toString() : fault.getMessage();
        return "cannot use tls.keystore = " + keystore + " (" + why
                + "); it must be a PKCS12 file with a key, its certificates and the password in tls.keystore.password";
    }

    /** Reads the key store and checks everything that a server needs, so that it can be used. */
    private KeyStore read() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password.toCharArray()) != null && store.getCertificate(alias) != null) {
                    return store;
                }
            }
            throw new IOException("it contains no key with a certificate");
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
