// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

/** kill -9 of the host. */
final class HostKill implements Mishap {

    @Override
    public boolean befall(SharedHost host) {
        host.process().kill();
        return true;
    }
}
