// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks names up. */
@FunctionalInterface
interface NameResolver {

    /** All addresses of a name. May block for as long as the machine's resolver does. */
    List<InetAddress> resolve(String name) throws UnknownHostException;
}
