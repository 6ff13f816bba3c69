// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

/** Something that goes wrong with one of several hosts, or with what it rests on. */
interface Mishap {

    /** Has it happen, and be over; false if it could not happen now. The host may have ended, or will soon. */
    boolean befall(SharedHost host) throws Exception;
}
