// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.settings.api.HostName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Check of targets against the current configuration. */
final class CallGuard {

    private static final Set<String> METADATA_NAMES = Set.of(
            "metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal");

    private final Supplier<HttpRequestSettings> settings;
    private final NameResolver resolver;

    CallGuard(Supplier<HttpRequestSettings> settings, NameResolver resolver) {
        this.settings = settings;
        this.resolver = resolver;
    }

    /** Throws if the origin is not allowed. The message contains the setting to write. */
    void require(CallTarget target) {
        if (METADATA_NAMES.contains(target.host())) {
            throw refused(target, "it is the metadata service of a cloud");
        } else if (!settings.get().allows(target)) {
            throw refused(
                    target,
                    "not in the allowed origins; to allow it, set in etc/" + HttpRequestSettings.PID + ".cfg: allow = "
                            + target.origin());
        }
    }

    /** Returns all addresses of the target, of which the caller uses one. Throws if one of them is not allowed. */
    List<InetAddress> addresses(CallTarget target) throws UnknownHostException {
        List<InetAddress> addresses = HostName.isAddress(target.host())
                ? List.of(AddressRange.address(target.host()))
                : resolver.resolve(target.host());
        for (InetAddress address : addresses) {
            PrivateAddresses.refusal(address, settings.get().privateRanges()).ifPresent(why -> {
                throw refused(target, why + advice(address));
            });
        }
        return addresses;
    }

    private static String advice(InetAddress address) {
        return AddressKind.of(address).filter(AddressKind::isPrivate).isEmpty()
                ? ""
                : "; to allow it, set in etc/" + HttpRequestSettings.PID + ".cfg: private = "
                        + PrivateAddresses.text(address) + "/" + address.getAddress().length * Byte.SIZE;
    }

    private static PermanentException refused(CallTarget target, String why) {
        return new PermanentException("http_request may not call " + target.origin() + ": " + why);
    }
}
