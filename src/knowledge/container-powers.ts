/** An option of `docker run` that opens the host to a container. */
interface ContainerPower {
  readonly option: RegExp;
  /** What the value must be; left out: there is none, or any. */
  readonly value?: RegExp;
  /** What the container gets, for a message. */
  readonly gives: string;
  /** It ends all separation from the host. */
  readonly isWhole: boolean;
}

/**
 * Options that take a container's walls down. Source: Docker's reference of `docker run`, November 2026. Devices that programs
 * are commonly given (graphics, KVM, FUSE) are not among them.
 */
export const CONTAINER_POWERS: readonly ContainerPower[] = [
  { option: /^--privileged$/, value: /^(?!false$)/, gives: 'all rights of the host', isWhole: true },
  {
    option: /^--cap-add$/,
    value: /^(CAP_)?(ALL|SYS_ADMIN|SYS_MODULE|SYS_PTRACE)$/i,
    gives: 'rights of the host’s root',
    isWhole: true,
  },
  { option: /^--pid$/, value: /^host$/, gives: 'the host’s processes', isWhole: true },
  { option: /^--(network|net)$/, value: /^host$/, gives: 'the host’s network', isWhole: false },
  { option: /^--(ipc|uts|userns|cgroupns)$/, value: /^host$/, gives: 'part of the host’s namespaces', isWhole: false },
  {
    option: /^--device$/,
    value: /^\/dev\/(?!kvm|dri|fuse|nvidia|snd|net\/tun|video|bus\/usb|null)/,
    gives: 'a device of the host',
    isWhole: false,
  },
  {
    option: /^--security-opt$/,
    value: /unconfined|label[:=]disable|no-new-privileges[:=]false/,
    gives: 'calls that the profile forbids',
    isWhole: false,
  },
];

/** Sources of a mount that are the host: Docker's socket, the root, what the system runs from. */
export const HOST_PATHS =
  /^\/(|etc|root|proc|sys|boot|dev|var|var\/run|run|home|var\/lib\/docker|(var\/)?run\/(docker|containerd\/containerd|podman\/podman|crio\/crio)\.sock)\/?$/;

/** Images that need all rights once, to set up emulation or a builder. */
export const SETUP_IMAGES =
  /(^|\/)(tonistiigi\/binfmt|multiarch\/qemu-user-static|docker\/binfmt|moby\/buildkit|linuxkit\/binfmt)([:@]|$)/;
