const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Whether a host, as the URL class gives it, is this machine itself: only there may anything travel unencrypted. */
export const isLoopback = (hostname: string): boolean => LOOPBACK_HOST.test(hostname);
