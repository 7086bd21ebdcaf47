package io.flaremail.sandbox;

/** Whether a sandbox really behaves as a row of docs/sandbox-fidelity.md says. */
interface Check {
    void run(Probe api) throws Exception;
}
